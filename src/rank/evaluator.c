#include "rank/evaluator.h"

#include <stdlib.h>

#include "base/memory.h"

static struct evaluator *lay_out(struct arena *arena, struct evaluator *evaluator, uint32_t users,
                                 uint32_t items) {
    struct evaluator *self = arena_take(arena, 1, sizeof *self);
    for (uint32_t kind = 0; kind < 2; kind++)
        evaluator->ranks[kind] = arena_take(arena, users, sizeof *evaluator->ranks[kind]);
    evaluator->scores = arena_take(arena, items, sizeof *evaluator->scores);
    evaluator->others = arena_take(arena, items, sizeof *evaluator->others);
    return self;
}

enum status evaluator_new(struct evaluator **out, const struct model *model, const struct interactions *train,
                          const struct held_out *held_out) {
    *out = NULL;
    uint32_t users = train->users, items = train->items;
    if (model->users != users || model->items != items || held_out->item == NULL) return STATUS_ARGUMENT;
    struct evaluator description = {.train = train, .held_out = held_out};
    struct arena arena = {0};
    lay_out(&arena, &description, users, items);
    arena = (struct arena){.base = memory_zeroed(arena.used, 1)};
    if (arena.base == NULL) return STATUS_MEMORY;
    struct evaluator *evaluator = lay_out(&arena, &description, users, items);
    *evaluator = description;
    enum status status = scorer_new(&evaluator->scorer, model, train);
    if (status != STATUS_OK) {
        evaluator_free(evaluator);
        return status;
    }
    *out = evaluator;
    return STATUS_OK;
}

void evaluator_free(struct evaluator *evaluator) {
    if (evaluator == NULL) return;
    scorer_free(evaluator->scorer);
    free(evaluator);
}

void evaluator_start(struct evaluator *evaluator) {
    scorer_refresh(evaluator->scorer);
    evaluator->next_user = 0;
}

/* The candidates besides the held-out item: writes them to `others` and returns how many there are. */
static uint32_t sampled_others(uint32_t *others, const struct held_out *held_out, uint32_t user) {
    uint32_t count = 0;
    for (uint32_t n = held_out->negative_start[user]; n < held_out->negative_start[user + 1]; n++)
        if (held_out->negative[n] != held_out->item[user]) others[count++] = held_out->negative[n];
    return count;
}

/* Of the ascending items[count] those that there are to choose from. */
static uint32_t keep_choices(uint32_t *items, uint32_t count, const struct interactions *train) {
    uint32_t kept = 0;
    for (uint32_t n = 0, c = 0; n < count; n++) {
        while (c < train->choices && train->choice[c] < items[n]) c++;
        if (c < train->choices && train->choice[c] == items[n]) items[kept++] = items[n];
    }
    return kept;
}

static uint32_t all_others(uint32_t *others, const struct interactions *train,
                           const struct held_out *held_out, uint32_t user) {
    uint32_t count = 0, item = 0;
    uint32_t seen = held_out->also_seen == NULL ? SPLIT_NONE : held_out->also_seen[user];
    for (uint32_t next = train->start[user]; next <= train->start[user + 1]; next++, item++) {
        uint32_t train_item = next < train->start[user + 1] ? train->item[next] : train->items;
        for (; item < train_item; item++) {
            others[count] = item;
            count += item != held_out->item[user] && item != seen;
        }
    }
    return train->choice == NULL ? count : keep_choices(others, count, train);
}

struct rank evaluator_rank(struct evaluator *evaluator, enum evaluator_candidates candidates, uint32_t user) {
    const struct held_out *held_out = evaluator->held_out;
    if (held_out->item[user] == SPLIT_NONE) return (struct rank){0};
    uint32_t count = candidates == EVALUATOR_SAMPLED
                         ? sampled_others(evaluator->others, held_out, user)
                         : all_others(evaluator->others, evaluator->train, held_out, user);
    float score;
    scorer_scores(evaluator->scorer, &score, user, held_out->item + user, 1);
    scorer_scores(evaluator->scorer, evaluator->scores, user, evaluator->others, count);
    return metrics_rank(score, evaluator->scores, count);
}

bool evaluator_run(struct evaluator *evaluator, enum evaluator_candidates candidates, uint32_t limit) {
    uint32_t users = evaluator->train->users;
    for (; limit > 0 && evaluator->next_user < users; limit--, evaluator->next_user++)
        evaluator->ranks[candidates][evaluator->next_user] =
            evaluator_rank(evaluator, candidates, evaluator->next_user);
    return evaluator->next_user == users;
}
