/* Slots against a trivial twin, over many batches in a row on one object. */
#include "model/batch.h"

#include "models.h"

/* The slot of each sample by its definition: rows are numbered as they come up. */
static void check_slots(const struct slots *slots, const uint32_t *rows, uint32_t B, uint32_t axis_rows) {
    uint32_t *slot_of = malloc(axis_rows * sizeof *slot_of), count = 0;
    for (uint32_t r = 0; r < axis_rows; r++) slot_of[r] = BATCH_NO_SLOT;
    for (uint32_t b = 0; b < B; b++) {
        if (slot_of[rows[b]] == BATCH_NO_SLOT) {
            CHECK_EQUAL(slots->row[count], rows[b]);
            slot_of[rows[b]] = count++;
        }
        CHECK_EQUAL(slots->of_sample[b], slot_of[rows[b]]);
    }
    CHECK_EQUAL(slots->count, count);
    for (uint32_t r = 0; r < axis_rows; r++) CHECK_EQUAL(slots->of_row[r], slot_of[r]);
    free(slot_of);
}

static void check_batch(struct batch *batch, const struct model *model, const uint32_t *users,
                        const uint32_t *items, uint32_t B) {
    memcpy(batch->users, users, B * sizeof *users);
    memcpy(batch->items, items, B * sizeof *items);
    batch_index(batch, B);
    CHECK_EQUAL(batch->B, B);
    CHECK_EQUAL(memcmp(batch->users, users, B * sizeof *users), 0);
    CHECK_EQUAL(memcmp(batch->items, items, B * sizeof *items), 0);
    check_slots(batch->slots + TENSOR_USER, users, B, model->users);
    check_slots(batch->slots + TENSOR_ITEM, items, B, model->items);
}

static struct model *model_of(uint32_t users, uint32_t items) {
    struct model_settings settings = {.parts = MODEL_BIAS};
    return models_new(&settings, users, items, 1);
}

static void test_random_batches(void) {
    enum { USERS = 13, ITEMS = 40, CAPACITY = 33 };
    struct model *model = model_of(USERS, ITEMS);
    struct batch *batch;
    struct rng rng = {1};
    CHECK_EQUAL(batch_new(&batch, model, CAPACITY), STATUS_OK);
    CHECK_EQUAL(batch->capacity, CAPACITY);
    for (uint32_t n = 0; n < 1000; n++) {
        uint32_t B = n == 0 ? CAPACITY : rng_below(&rng, CAPACITY + 1);
        uint32_t *users = models_rows(B, USERS, &rng), *items = models_rows(B, ITEMS, &rng);
        check_batch(batch, model, users, items, B);
        free(users);
        free(items);
    }
    batch_free(batch);
    batch_free(NULL);
    model_free(model);
}

/* As many different rows as there is room for, and one row alone. */
static void test_all_different_and_all_the_same(void) {
    struct model *model = model_of(16, 16);
    struct batch *batch;
    uint32_t different[16], same[16];
    for (uint32_t i = 0; i < 16; i++) different[i] = 15 - i, same[i] = 15;
    CHECK_EQUAL(batch_new(&batch, model, 16), STATUS_OK);
    for (uint32_t turn = 0; turn < 4; turn++) {
        bool even = turn % 2 == 0;
        check_batch(batch, model, even ? different : same, even ? same : different, 16);
        CHECK_EQUAL(batch->slots[TENSOR_USER].count, even ? 16 : 1);
        CHECK_EQUAL(batch->slots[TENSOR_ITEM].count, even ? 1 : 16);
    }
    batch_free(batch);
    model_free(model);
}

/* What is still indexed of the batch before is found by its old slots, even where users and items were overwritten. */
static void test_the_batch_before_leaves_nothing(void) {
    struct model *model = model_of(1000, 1000);
    struct batch *batch;
    const uint32_t first[] = {999, 0, 500}, second[] = {1, 2, 3};
    CHECK_EQUAL(batch_new(&batch, model, 3), STATUS_OK);
    for (uint32_t turn = 0; turn < 3; turn++) {
        check_batch(batch, model, first, second, 3);
        check_batch(batch, model, second, first, 1);
        check_batch(batch, model, second, first, 0);
        check_batch(batch, model, second, first, 3);
    }
    batch_free(batch);
    model_free(model);
}

int main(void) {
    RUN(test_random_batches);
    RUN(test_all_different_and_all_the_same);
    RUN(test_the_batch_before_leaves_nothing);
    return check_report();
}
