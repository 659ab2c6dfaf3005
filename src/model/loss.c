#include "model/loss.h"

#include "base/maths.h"

/* Four samples: their losses, and the gradients into d. */
static v128_t log_loss_4(v128_t *d, v128_t z, v128_t y, v128_t count) {
    *d = wasm_f32x4_div(wasm_f32x4_sub(maths_sigmoid(z), y), count);
    return wasm_f32x4_sub(maths_softplus(z), wasm_f32x4_mul(y, z));
}

double loss_log(float *d_logits, const float *logits, const float *labels, uint32_t B) {
    v128_t count = wasm_f32x4_splat((float)B), d;
    double sum = 0.0;
    float losses[4], z[4] = {0}, y[4] = {0}, gradients[4];
    uint32_t b = 0;
    for (; b + 4 <= B; b += 4) {
        wasm_v128_store(losses,
                        log_loss_4(&d, wasm_v128_load(logits + b), wasm_v128_load(labels + b), count));
        wasm_v128_store(d_logits + b, d);
        for (uint32_t i = 0; i < 4; i++) sum += (double)losses[i];
    }
    for (uint32_t i = 0; b + i < B; i++) z[i] = logits[b + i], y[i] = labels[b + i];
    wasm_v128_store(losses, log_loss_4(&d, wasm_v128_load(z), wasm_v128_load(y), count));
    wasm_v128_store(gradients, d);
    for (uint32_t i = 0; b + i < B; i++) {
        d_logits[b + i] = gradients[i];
        sum += (double)losses[i];
    }
    return sum;
}
