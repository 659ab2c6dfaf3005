/* Slots against a trivial twin, over many batches in a row on one object. */
#include "model/gradients.h"

#include "models.h"

/* The slot of each sample by its definition: rows are numbered as they come up. */
static void check_slots(const struct slots *slots, const uint32_t *rows, uint32_t B, uint32_t axis_rows) {
    uint32_t *slot_of = malloc(axis_rows * sizeof *slot_of), count = 0;
    for (uint32_t r = 0; r < axis_rows; r++) slot_of[r] = GRADIENTS_NO_SLOT;
    for (uint32_t b = 0; b < B; b++) {
        if (slot_of[rows[b]] == GRADIENTS_NO_SLOT) {
            CHECK_EQUAL(slots->row[count], rows[b]);
            slot_of[rows[b]] = count++;
        }
        CHECK_EQUAL(slots->of_sample[b], slot_of[rows[b]]);
    }
    CHECK_EQUAL(slots->count, count);
    for (uint32_t r = 0; r < axis_rows; r++) CHECK_EQUAL(slots->of_row[r], slot_of[r]);
    free(slot_of);
}

/* The embeddings' gradients of all slots are zero; then everything is spoilt for the next batch to find. */
static void check_zeroed(struct gradients *gradients, const struct model *model) {
    for (uint32_t t = 0; t < MODEL_MAX_TENSORS; t++) {
        const struct tensor *tensor = model->tensors + t;
        CHECK((gradients->values[t] == NULL) == (tensor->rows == 0));
        if (tensor->rows == 0) continue;
        uint64_t rows = tensor->axis == TENSOR_DENSE ? tensor->rows : gradients->slots[tensor->axis].count;
        for (uint64_t i = 0; i < rows * tensor->columns; i++) {
            if (tensor->axis != TENSOR_DENSE) CHECK_EQUAL(check_float_bits(gradients->values[t][i]), 0);
            gradients->values[t][i] = NAN;
        }
    }
}

static void test_random_batches(void) {
    enum { USERS = 13, ITEMS = 40, CAPACITY = 33 };
    for (uint32_t k = 0; k < MODELS_KINDS; k++) {
        struct model *model = models_new(&models_kinds[k].settings, USERS, ITEMS, 1);
        struct gradients *gradients;
        struct rng rng = {k};
        CHECK_EQUAL(gradients_new(&gradients, model, CAPACITY), STATUS_OK);
        CHECK_EQUAL(gradients->capacity, CAPACITY);
        for (uint32_t batch = 0; batch < 100; batch++) {
            uint32_t B = batch == 0 ? CAPACITY : 1 + rng_below(&rng, CAPACITY);
            uint32_t *users = models_rows(B, USERS, &rng), *items = models_rows(B, ITEMS, &rng);
            gradients_begin(gradients, model, users, items, B);
            check_slots(gradients->slots + TENSOR_USER, users, B, USERS);
            check_slots(gradients->slots + TENSOR_ITEM, items, B, ITEMS);
            check_zeroed(gradients, model);
            free(users);
            free(items);
        }
        gradients_free(gradients);
        model_free(model);
    }
}

/* As many different rows as there is room for, and one row alone. */
static void test_all_different_and_all_the_same(void) {
    struct model *model = models_new(&models_kinds[MODELS_KINDS - 1].settings, 16, 16, 1);
    struct gradients *gradients;
    uint32_t different[16], same[16];
    for (uint32_t i = 0; i < 16; i++) different[i] = 15 - i, same[i] = 15;
    CHECK_EQUAL(gradients_new(&gradients, model, 16), STATUS_OK);
    for (uint32_t turn = 0; turn < 4; turn++) {
        const uint32_t *users = turn % 2 == 0 ? different : same, *items = turn % 2 == 0 ? same : different;
        gradients_begin(gradients, model, users, items, 16);
        CHECK_EQUAL(gradients->slots[TENSOR_USER].count, turn % 2 == 0 ? 16 : 1);
        CHECK_EQUAL(gradients->slots[TENSOR_ITEM].count, turn % 2 == 0 ? 1 : 16);
        check_slots(gradients->slots + TENSOR_USER, users, 16, 16);
        check_slots(gradients->slots + TENSOR_ITEM, items, 16, 16);
        check_zeroed(gradients, model);
    }
    gradients_free(gradients);
    gradients_free(NULL);
    model_free(model);
}

/* A batch of 10 needs the same memory for a million users as for ten, their slots aside. */
static void test_memory_does_not_grow_with_users(void) {
    struct model_settings settings = {.parts = MODEL_GMF, .factors = MODEL_MAX_WIDTH};
    struct model model = {.settings = settings, .users = 1000000, .items = 1000000};
    struct gradients *gradients;
    model.tensors[MODEL_GMF_USER] =
        (struct tensor){.axis = TENSOR_USER, .rows = 1000000, .columns = MODEL_MAX_WIDTH};
    CHECK_EQUAL(gradients_new(&gradients, &model, 10), STATUS_OK);
    CHECK_EQUAL(gradients->slots[TENSOR_USER].of_row[999999], GRADIENTS_NO_SLOT);
    gradients_free(gradients);
}

int main(void) {
    RUN(test_random_batches);
    RUN(test_all_different_and_all_the_same);
    RUN(test_memory_does_not_grow_with_users);
    return check_report();
}
