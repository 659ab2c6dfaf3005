#include "data/sampler.h"

#include <stdlib.h>

#include "chance.h"
#include "data/split.h"
#include "rows.h"

static void check_bijection(uint64_t count, uint64_t key) {
    unsigned char *seen = calloc(count, 1);
    for (uint64_t i = 0; i < count; i++) {
        uint64_t place = sampler_permute(i, count, key);
        if (place >= count || seen[place]++) {
            char message[100];
            snprintf(message, sizeof message, "count %" PRIu64 " key %" PRIx64 " index %" PRIu64, count, key,
                     i);
            check_fail(__FILE__, __LINE__, message);
            break;
        }
    }
    free(seen);
}

static void test_permute_is_a_bijection(void) {
    static const uint64_t large[] = {1023, 1024, 1025, 65535, 65536, 65537, 99999, 500020};
    struct rng rng = {1};
    for (uint64_t count = 1; count <= 300; count++) {
        check_bijection(count, 0);
        check_bijection(count, UINT64_MAX);
        for (uint32_t k = 0; k < 5; k++) check_bijection(count, rng_next(&rng));
    }
    for (uint32_t c = 0; c < sizeof large / sizeof *large; c++) check_bijection(large[c], rng_next(&rng));
}

/* Counts that no array holds: what a network does can still be seen to stay inside and to differ. */
static void test_permute_of_large_counts(void) {
    struct rng rng = {1};
    for (uint32_t bits = 31; bits < 40; bits++) {
        uint64_t count = (UINT64_C(1) << bits) + 12345, halves[2] = {0}, key = rng_next(&rng);
        for (uint64_t i = 0; i < 2000; i++) {
            uint64_t place = sampler_permute(i, count, key);
            CHECK_OR_RETURN(place < count, "%" PRIu64, place);
            halves[place > count / 2]++;
            CHECK_OR_RETURN(place != sampler_permute(i + 1, count, key), "%" PRIu64, place);
        }
        CHECK_UNIFORM(halves, 2, 1000, 1);
    }
}

/* Over many epochs each instance comes first, in the middle and last equally often, and what follows it is any other. */
static void check_places(uint32_t count, uint32_t keys) {
    uint64_t *first = calloc(count, sizeof *first), *last = calloc(count, sizeof *last);
    uint64_t *step = calloc(count, sizeof *step);
    for (uint32_t k = 0; k < keys; k++) {
        uint64_t key = rng_seeded(1, RNG_ORDER, k).state, middle = count / 2;
        uint64_t from = sampler_permute(middle, count, key), to = sampler_permute(middle + 1, count, key);
        first[sampler_permute(0, count, key)]++;
        last[sampler_permute(count - 1, count, key)]++;
        step[(to + count - from) % count]++;
    }
    CHECK_UNIFORM(first, count, (double)keys / count, 1);
    CHECK_UNIFORM(last, count, (double)keys / count, 1);
    CHECK_EQUAL(step[0], 0);
    CHECK_UNIFORM(step + 1, count - 1, keys / (count - 1.0), 1);
    free(first);
    free(last);
    free(step);
}

static void test_permute_is_uniform(void) {
    static const uint32_t counts[] = {20, 25, 50, 64, 150, 1000, 1024, 5000};
    for (uint32_t c = 0; c < sizeof counts / sizeof *counts; c++) check_places(counts[c], 100000);
}

/* Six rounds on three or four bits leave a trace of order, which no epoch worth training is short enough to see. */
static void test_permute_of_a_few_is_nearly_uniform(void) {
    enum { KEYS = 100000 };
    for (uint32_t count = 2; count < 20; count++) {
        uint64_t first[20] = {0};
        for (uint32_t k = 0; k < KEYS; k++)
            first[sampler_permute(0, count, rng_seeded(1, RNG_ORDER, k).state)]++;
        for (uint32_t i = 0; i < count; i++) CHECK_NEAR((double)first[i] * count / KEYS, 1, 0.1);
    }
}

/* A world to sample: users who have much, little, one item and all but one. */
struct world {
    struct ratings ratings;
    struct split *split;
    struct sampler sampler;
};

enum { USERS = 8, ITEMS = 12, WORLD_NEGATIVES = 4 };

/* All ways to sample. */
static const struct sampler_settings kinds[] = {
    {.order = SAMPLER_SHUFFLED},
    {.order = SAMPLER_GROUPED},
    {.order = SAMPLER_SHUFFLED, .pairs = true},
    {.order = SAMPLER_GROUPED, .pairs = true},
    {.order = SAMPLER_SHUFFLED, .popularity = 0.7},
    {.order = SAMPLER_GROUPED, .popularity = 0.7, .pairs = true},
    {.order = SAMPLER_SHUFFLED, .accept_known = true},
    {.order = SAMPLER_GROUPED, .accept_known = true, .popularity = 2},
    {.order = SAMPLER_SHUFFLED, .accept_known = true, .popularity = 0.3, .pairs = true},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static void world_new(struct world *world, struct sampler_settings settings, uint64_t seed) {
    settings.negatives = WORLD_NEGATIVES;
    settings.seed = seed;
    rows_random(&world->ratings, USERS, ITEMS, 25, 50, 3);
    rows_add(&world->ratings, USERS, 0, 1); /* one item: not tested */
    for (uint32_t i = 0; i < ITEMS; i++)
        rows_add(&world->ratings, USERS + 1, i, i); /* all; the last is tested */
    CHECK_EQUAL(split_leave_one_out(&world->split, &world->ratings, 5, 1), STATUS_OK);
    CHECK_EQUAL(sampler_init(&world->sampler, world->split->train, &settings), STATUS_OK);
}

static void world_free(struct world *world) {
    sampler_free(&world->sampler);
    split_free(world->split);
    ratings_free(&world->ratings);
}

struct instances {
    uint64_t count;
    uint32_t *users, *items;
    float *labels;
};

/* The whole epoch, `B` at a time. */
static struct instances epoch_new(const struct sampler *sampler, uint64_t epoch, uint32_t B) {
    uint64_t count = sampler->instances;
    struct instances all = {count, malloc(count * 4), malloc(count * 4), malloc(count * 4)};
    for (uint64_t from = 0; from < count; from += B) {
        uint32_t size = count - from < B ? (uint32_t)(count - from) : B;
        sampler_batch(sampler, epoch, from, size, all.users + from, all.items + from, all.labels + from);
    }
    return all;
}

static void instances_free(struct instances *all) {
    free(all->users);
    free(all->items);
    free(all->labels);
}

static void check_every_instance_once(struct sampler_settings settings) {
    struct world world;
    world_new(&world, settings, 1);
    const struct interactions *train = world.split->train;
    CHECK_EQUAL(world.sampler.instances, (uint64_t)train->count * (1 + WORLD_NEGATIVES));
    for (uint64_t epoch = 1; epoch <= 50; epoch++) {
        struct instances all = epoch_new(&world.sampler, epoch, 7);
        uint32_t positives[USERS + 2][ITEMS] = {{0}}, negatives[USERS + 2] = {0};
        for (uint64_t i = 0; i < all.count; i++) {
            uint32_t user = all.users[i], item = all.items[i];
            bool has = user < train->users && item < train->items && interactions_has(train, user, item);
            CHECK_OR_RETURN(user < train->users && item < train->items, "instance %" PRIu64, i);
            CHECK_OR_RETURN(all.labels[i] == (has ? 1.0F : 0.0F), "instance %" PRIu64, i);
            if (has)
                positives[user][item]++;
            else
                negatives[user]++;
        }
        for (uint32_t u = 0; u < train->users; u++) {
            for (uint32_t i = 0; i < train->items; i++)
                CHECK_EQUAL(positives[u][i], interactions_has(train, u, i));
            CHECK_EQUAL(negatives[u], WORLD_NEGATIVES * (train->start[u + 1] - train->start[u]));
        }
        instances_free(&all);
    }
    world_free(&world);
}

static void test_an_epoch_has_every_instance_once(void) {
    check_every_instance_once((struct sampler_settings){.order = SAMPLER_SHUFFLED});
    check_every_instance_once((struct sampler_settings){.order = SAMPLER_GROUPED});
    check_every_instance_once((struct sampler_settings){.popularity = 0.7});
}

/* Each positive is followed by its negatives: those of the same instances in shuffled order. */
static void test_grouped_order(void) {
    struct world shuffled, grouped;
    world_new(&shuffled, (struct sampler_settings){.order = SAMPLER_SHUFFLED}, 1);
    world_new(&grouped, (struct sampler_settings){.order = SAMPLER_GROUPED}, 1);
    for (uint64_t epoch = 1; epoch <= 50; epoch++) {
        struct instances mixed = epoch_new(&shuffled.sampler, epoch, 64);
        struct instances all = epoch_new(&grouped.sampler, epoch, 64);
        int32_t balance[USERS + 2][ITEMS][2] = {{{0}}};
        for (uint64_t i = 0; i < all.count; i++) {
            uint64_t positive = i - i % (1 + WORLD_NEGATIVES);
            CHECK_OR_RETURN(all.labels[i] == (i == positive ? 1.0F : 0.0F), "instance %" PRIu64, i);
            CHECK_OR_RETURN(all.users[i] == all.users[positive], "instance %" PRIu64, i);
            balance[all.users[i]][all.items[i]][i == positive]++;
            balance[mixed.users[i]][mixed.items[i]][mixed.labels[i] > 0.5F]--;
        }
        for (uint32_t u = 0; u < USERS + 2; u++)
            for (uint32_t i = 0; i < 2 * ITEMS; i++) CHECK_EQUAL(balance[u][i / 2][i % 2], 0);
        instances_free(&mixed);
        instances_free(&all);
    }
    world_free(&shuffled);
    world_free(&grouped);
}

/* Over many epochs every positive stands first, and in the middle, equally often. */
static void test_grouped_positives_are_shuffled(void) {
    enum { EPOCHS = 20000 };
    struct world world;
    world_new(&world, (struct sampler_settings){.order = SAMPLER_GROUPED}, 1);
    const struct interactions *train = world.split->train;
    uint64_t first[(USERS + 2) * ITEMS] = {0}, middle[(USERS + 2) * ITEMS] = {0};
    uint64_t half = train->count / 2 * (1 + WORLD_NEGATIVES);
    for (uint64_t epoch = 1; epoch <= EPOCHS; epoch++) {
        uint32_t user, item;
        float label;
        sampler_batch(&world.sampler, epoch, 0, 1, &user, &item, &label);
        for (uint32_t p = 0; p < train->count; p++)
            first[p] += train->user[p] == user && train->item[p] == item;
        sampler_batch(&world.sampler, epoch, half, 1, &user, &item, &label);
        for (uint32_t p = 0; p < train->count; p++)
            middle[p] += train->user[p] == user && train->item[p] == item;
    }
    CHECK_UNIFORM(first, train->count, (double)EPOCHS / train->count, 1);
    CHECK_UNIFORM(middle, train->count, (double)EPOCHS / train->count, 1);
    world_free(&world);
}

static int compare_items(const void *a, const void *b) {
    return (*(const uint32_t *)a > *(const uint32_t *)b) - (*(const uint32_t *)a < *(const uint32_t *)b);
}

/* What the epoch shows of one positive. */
struct seen {
    uint32_t positives, negatives;
    uint32_t items[512]; /* of the negatives */
};

/* Every place of an epoch tells its positive and all of that one's negatives: what the epoch's own instances say when they
 * are sorted by positive. */
static void check_groups(const struct sampler *sampler, uint64_t epoch) {
    uint32_t count = sampler->settings.negatives, negatives[512];
    bool pairs = sampler->settings.pairs;
    const struct interactions *train = sampler->train;
    static struct seen seen[(USERS + 2) * ITEMS];
    memset(seen, 0, sizeof seen);
    struct instances all = epoch_new(sampler, epoch, 64);
    for (uint64_t i = 0; i < all.count; i++) {
        uint32_t positive = UINT32_MAX;
        sampler_group(sampler, epoch, i, &positive, negatives);
        CHECK_OR_RETURN(positive < ITEMS && interactions_has(train, all.users[i], positive), "%" PRIu64, i);
        struct seen *of = seen + (size_t)all.users[i] * ITEMS + positive;
        if (all.labels[i] > 0.5F)
            of->positives += all.items[i] == positive;
        else
            of->items[of->negatives++] = all.items[i];
        CHECK_OR_RETURN(of->negatives <= count, "%" PRIu64, i);
        if (pairs && i % 2 == 1) CHECK_EQUAL(all.items[i - 1], positive);
    }
    for (uint64_t i = 0; i < all.count; i++) {
        uint32_t positive;
        sampler_group(sampler, epoch, i, &positive, negatives);
        struct seen *of = seen + (size_t)all.users[i] * ITEMS + positive;
        CHECK_OR_RETURN(of->positives == (pairs ? count : 1) && of->negatives == count, "%" PRIu64, i);
        if (sampler->settings.order == SAMPLER_GROUPED && all.labels[i] < 0.5F)
            CHECK_EQUAL(negatives[pairs ? i / 2 % count : i % (1 + count) - 1], all.items[i]);
        qsort(negatives, count, sizeof *negatives, compare_items);
        qsort(of->items, count, sizeof *negatives, compare_items);
        CHECK_OR_RETURN(memcmp(negatives, of->items, count * sizeof *negatives) == 0, "%" PRIu64, i);
    }
    instances_free(&all);
}

static void test_groups(void) {
    for (uint32_t k = 0; k < KINDS; k++) {
        struct world world;
        world_new(&world, kinds[k], 1);
        for (uint64_t epoch = 1; epoch <= 5; epoch++) check_groups(&world.sampler, epoch);
        struct sampler_settings settings = world.sampler.settings;
        struct sampler many;
        settings.negatives = 150; /* more than are drawn at a time */
        CHECK_EQUAL(sampler_init(&many, world.split->train, &settings), STATUS_OK);
        check_groups(&many, 1);
        sampler_free(&many);
        world_free(&world);
    }
}

static uint64_t differences(const struct instances *a, const struct instances *b) {
    uint64_t different = 0;
    for (uint64_t i = 0; i < a->count; i++)
        different += a->users[i] != b->users[i] || a->items[i] != b->items[i] || a->labels[i] != b->labels[i];
    return different;
}

static void check_any_cut(struct sampler_settings settings) {
    struct world world;
    world_new(&world, settings, 1);
    struct instances whole = epoch_new(&world.sampler, 3, UINT32_MAX);
    for (uint32_t B = 1; B < 40; B++) {
        struct instances cut = epoch_new(&world.sampler, 3, B);
        CHECK_EQUAL(differences(&whole, &cut), 0);
        instances_free(&cut);
    }
    instances_free(&whole);
    world_free(&world);
}

static void test_batches_do_not_depend_on_how_the_epoch_is_cut(void) {
    for (uint32_t k = 0; k < KINDS; k++) check_any_cut(kinds[k]);
}

static void check_epochs_and_seeds_differ(struct sampler_settings settings) {
    struct world world, other;
    world_new(&world, settings, 1);
    world_new(&other, settings, 2);
    struct instances first = epoch_new(&world.sampler, 1, 64), second = epoch_new(&world.sampler, 2, 64);
    struct instances again = epoch_new(&world.sampler, 1, 64), seed = epoch_new(&other.sampler, 1, 64);
    CHECK_EQUAL(differences(&first, &again), 0);
    CHECK(differences(&first, &second) > first.count * 3 / 4);
    CHECK(differences(&first, &seed) > first.count * 3 / 4);
    instances_free(&first);
    instances_free(&second);
    instances_free(&again);
    instances_free(&seed);
    world_free(&world);
    world_free(&other);
}

static void test_epochs_and_seeds_differ(void) {
    for (uint32_t k = 0; k < KINDS; k++) check_epochs_and_seeds_differ(kinds[k]);
}

/* Negatives of a user are uniform over all items but those in train: the test item too, and not only once an epoch. */
static void test_negatives_are_uniform(void) {
    enum { EPOCHS = 3000 };
    struct world world;
    world_new(&world, (struct sampler_settings){.order = SAMPLER_SHUFFLED}, 1);
    const struct interactions *train = world.split->train;
    static uint64_t counts[USERS + 2][ITEMS];
    for (uint64_t epoch = 1; epoch <= EPOCHS; epoch++) {
        struct instances all = epoch_new(&world.sampler, epoch, 256);
        for (uint64_t i = 0; i < all.count; i++) counts[all.users[i]][all.items[i]] += all.labels[i] == 0.0F;
        instances_free(&all);
    }
    for (uint32_t u = 0; u < train->users; u++) {
        uint64_t packed[ITEMS];
        uint32_t allowed = 0, positives = train->start[u + 1] - train->start[u];
        for (uint32_t i = 0; i < train->items; i++) {
            if (interactions_has(train, u, i))
                CHECK_EQUAL(counts[u][i], 0);
            else
                packed[allowed++] = counts[u][i];
        }
        double expected = (double)EPOCHS * WORLD_NEGATIVES * positives / allowed;
        if (allowed > 1) CHECK_UNIFORM(packed, allowed, expected, 1);
        uint32_t test = world.split->test.item[u];
        if (test != SPLIT_NONE) CHECK_NEAR((double)counts[u][test] / expected, 1, 0.1);
    }
    world_free(&world);
}

/* The two negatives of one positive are drawn apart from each other: all 25 pairs of five items come equally often.
 * Only one user has a positive, so an epoch's negatives are those two. */
static void test_negatives_are_independent(void) {
    enum { EPOCHS = 20000 };
    struct ratings ratings;
    struct interactions *train;
    struct sampler sampler;
    uint64_t pairs[25] = {0};
    const uint32_t held_out[6] = {UINT32_MAX, 1, 2, 3, 4, 5};
    rows_parse(&ratings, "0,0,3,1\n1,1,3,1\n2,2,3,1\n3,3,3,1\n4,4,3,1\n5,5,3,1\n");
    CHECK_EQUAL(interactions_new(&train, &ratings, held_out), STATUS_OK);
    const struct sampler_settings settings = {.negatives = 2, .seed = 9};
    CHECK_EQUAL(sampler_init(&sampler, train, &settings), STATUS_OK);
    CHECK_EQUAL(sampler.instances, 3);
    for (uint64_t epoch = 1; epoch <= EPOCHS; epoch++) {
        struct instances all = epoch_new(&sampler, epoch, 3);
        uint32_t cell = 0;
        for (uint32_t i = 0; i < 3; i++)
            if (all.labels[i] == 0.0F) cell = cell * 5 + all.items[i] - 1;
        CHECK_OR_RETURN(cell < 25, "epoch %" PRIu64, epoch);
        pairs[cell]++;
        instances_free(&all);
    }
    CHECK_UNIFORM(pairs, 25, EPOCHS / 25.0, 1);
    interactions_free(train);
    ratings_free(&ratings);
}

/* What an epoch's negatives of each user and item, as counts, are expected to be proportional to. */
static void weights_of(double *weights, const struct interactions *train, uint32_t user,
                       const struct sampler_settings *settings) {
    for (uint32_t i = 0; i < train->items; i++) {
        double count = 0;
        for (uint32_t p = 0; p < train->count; p++) count += train->item[p] == i;
        weights[i] = settings->popularity > 0 ? pow(count, settings->popularity) : 1;
        if (count == 0 && settings->popularity > 0) weights[i] = 0;
        if (!settings->accept_known && interactions_has(train, user, i)) weights[i] = 0;
    }
}

/* Negatives of each user come with the exact probabilities, in every way to sample. */
static void check_distribution(const struct sampler_settings *kind) {
    enum { EPOCHS = 3000 };
    struct world world;
    world_new(&world, *kind, 1);
    const struct interactions *train = world.split->train;
    uint64_t counts[USERS + 2][ITEMS] = {{0}};
    for (uint64_t epoch = 1; epoch <= EPOCHS; epoch++) {
        struct instances all = epoch_new(&world.sampler, epoch, 256);
        for (uint64_t i = 0; i < all.count; i++) counts[all.users[i]][all.items[i]] += all.labels[i] == 0.0F;
        instances_free(&all);
    }
    for (uint32_t u = 0; u < train->users; u++) {
        double weights[ITEMS], positives = train->start[u + 1] - train->start[u];
        weights_of(weights, train, u, kind);
        if (positives > 0)
            CHECK_DISTRIBUTED(counts[u], weights, train->items, EPOCHS * WORLD_NEGATIVES * positives);
    }
    world_free(&world);
}

static void test_negatives_have_their_probabilities(void) {
    for (uint32_t k = 0; k < KINDS; k++) check_distribution(kinds + k);
}

/* Every positive has its negatives, each after it; they are those that come without pairs. */
static void check_pairs(struct sampler_settings settings) {
    struct world paired, pointwise;
    settings.pairs = true;
    world_new(&paired, settings, 1);
    settings.pairs = false;
    world_new(&pointwise, settings, 1);
    const struct interactions *train = paired.split->train;
    CHECK_EQUAL(paired.sampler.instances, (uint64_t)train->count * 2 * WORLD_NEGATIVES);
    for (uint64_t epoch = 1; epoch <= 50; epoch++) {
        struct instances pairs = epoch_new(&paired.sampler, epoch, 10);
        struct instances all = epoch_new(&pointwise.sampler, epoch, 64);
        int32_t balance[2][USERS + 2][ITEMS] = {{{0}}};
        for (uint64_t i = 0; i < pairs.count; i++) {
            CHECK_OR_RETURN(pairs.labels[i] == (i % 2 == 0 ? 1.0F : 0.0F), "instance %" PRIu64, i);
            CHECK_OR_RETURN(pairs.users[i] == pairs.users[i - i % 2], "instance %" PRIu64, i);
            balance[i % 2][pairs.users[i]][pairs.items[i]]++;
        }
        for (uint64_t i = 0; i < all.count; i++) {
            bool positive = all.labels[i] > 0.5F;
            balance[positive ? 0 : 1][all.users[i]][all.items[i]] -= positive ? WORLD_NEGATIVES : 1;
        }
        for (uint32_t c = 0; c < 2 * (USERS + 2) * ITEMS; c++)
            CHECK_EQUAL(balance[c % 2][c / 2 / ITEMS][c / 2 % ITEMS], 0);
        instances_free(&pairs);
        instances_free(&all);
    }
    world_free(&paired);
    world_free(&pointwise);
}

static void test_pairs(void) {
    for (uint32_t k = 0; k < KINDS; k++) check_pairs(kinds[k]);
}

/* How often a pair of one epoch has the positive of the pair before it. */
static uint64_t repeats(const struct instances *all) {
    uint64_t count = 0;
    for (uint64_t i = 2; i < all->count; i += 2)
        count += all->users[i] == all->users[i - 2] && all->items[i] == all->items[i - 2];
    return count;
}

/* In grouped order the pairs of a positive follow each other, in shuffled order they are where chance puts them. */
static void test_order_of_pairs(void) {
    enum { EPOCHS = 20000 };
    struct world shuffled, grouped;
    world_new(&shuffled, (struct sampler_settings){.pairs = true}, 1);
    world_new(&grouped, (struct sampler_settings){.pairs = true, .order = SAMPLER_GROUPED}, 1);
    const struct interactions *train = shuffled.split->train;
    uint64_t first[(USERS + 2) * ITEMS] = {0}, in_turn = 0;
    for (uint64_t epoch = 1; epoch <= EPOCHS; epoch++) {
        struct instances mixed = epoch_new(&shuffled.sampler, epoch, 256);
        for (uint32_t p = 0; p < train->count; p++)
            first[p] += train->user[p] == mixed.users[0] && train->item[p] == mixed.items[0];
        in_turn += repeats(&mixed);
        instances_free(&mixed);
        if (epoch > 50) continue;
        struct instances all = epoch_new(&grouped.sampler, epoch, 256);
        CHECK_EQUAL(repeats(&all), train->count * (WORLD_NEGATIVES - 1));
        instances_free(&all);
    }
    double pairs = train->count * (double)WORLD_NEGATIVES;
    double expected = EPOCHS * (pairs - 1) * (WORLD_NEGATIVES - 1) / (pairs - 1);
    CHECK_UNIFORM(first, train->count, (double)EPOCHS / train->count, 1);
    CHECK_NEAR((double)in_turn / expected, 1, 0.02);
    world_free(&shuffled);
    world_free(&grouped);
}

/* No exponent is the uniform way to the bit, and so is an accepting sampler where there is nothing to reject. */
static void test_zero_settings_change_nothing(void) {
    struct world world;
    world_new(&world, kinds[0], 1);
    struct sampler_settings settings = {.negatives = WORLD_NEGATIVES, .seed = 1, .accept_known = true};
    struct sampler accepting;
    CHECK_EQUAL(sampler_init(&accepting, world.split->train, &settings), STATUS_OK);
    CHECK(world.sampler.popularity == NULL && accepting.popularity == NULL);
    struct instances all = epoch_new(&world.sampler, 1, 64), other = epoch_new(&accepting, 1, 64);
    uint64_t known = 0;
    for (uint64_t i = 0; i < all.count; i++) {
        bool has = interactions_has(world.split->train, other.users[i], other.items[i]);
        CHECK(other.labels[i] == all.labels[i] && other.users[i] == all.users[i]);
        known += has && other.labels[i] == 0.0F;
        if (!has || other.labels[i] > 0.5F) CHECK_EQUAL(other.items[i], all.items[i]);
    }
    CHECK(known > 0);
    instances_free(&all);
    instances_free(&other);
    world_free(&world);
}

/* The status of a sampler of popularity `exponent` over what is parsed, without what is held out. */
static enum status status_of(const char *text, const uint32_t *held_out, struct sampler_settings settings) {
    struct ratings ratings;
    struct interactions *train;
    struct sampler sampler;
    rows_parse(&ratings, text);
    CHECK_EQUAL(interactions_new(&train, &ratings, held_out), STATUS_OK);
    enum status status = sampler_init(&sampler, train, &settings);
    sampler_free(&sampler);
    interactions_free(train);
    ratings_free(&ratings);
    return status;
}

/* A user who has all that can be drawn is left out, positives and all, unless known items may be drawn; what is left is as
 * if the user were not there. */
static void test_a_user_with_everything(void) {
    enum { EACH = 5 };
    for (uint32_t k = 0; k < KINDS; k++) {
        struct ratings ratings;
        struct interactions *train;
        struct sampler sampler;
        struct sampler_settings settings = kinds[k];
        settings.negatives = 3, settings.seed = 1;
        CHECK_EQUAL(ratings_init(&ratings), STATUS_OK);
        for (uint32_t user = 0; user < 3; user++)
            for (uint32_t i = 0; i < ITEMS; i++)
                if (user == 1 || i % EACH == user) rows_add(&ratings, user, i, 1);
        CHECK_EQUAL(ratings_finish(&ratings), STATUS_OK);
        CHECK_EQUAL(interactions_new(&train, &ratings, NULL), STATUS_OK);
        CHECK_EQUAL(sampler_init(&sampler, train, &settings), STATUS_OK);
        CHECK_EQUAL(sampler.left_out, settings.accept_known ? 0 : 1);
        uint32_t positives = train->count - (settings.accept_known ? 0 : ITEMS);
        CHECK_EQUAL(sampler.instances, (uint64_t)positives * (settings.pairs ? 6 : 4));
        struct instances all = epoch_new(&sampler, 1, 64);
        uint64_t pairs = 0;
        for (uint64_t i = 0; i < all.count; i++) {
            bool has = interactions_has(train, all.users[i], all.items[i]), is = all.labels[i] > 0.5F;
            if (!settings.accept_known) CHECK(all.users[i] != 1 && has == is);
            pairs += is;
        }
        CHECK_EQUAL(pairs, (uint64_t)positives * (settings.pairs ? 3 : 1));
        instances_free(&all);
        sampler_free(&sampler);
        interactions_free(train);
        ratings_free(&ratings);
    }
}

static void test_what_cannot_be_sampled(void) {
    static const char full[] = "1,10,3,1\n1,11,3,1\n2,10,3,1\n", single[] = "1,10,3,1\n2,10,3,1\n";
    static const uint32_t held_out[2] = {0, 0};
    for (uint32_t k = 0; k < KINDS; k++) {
        struct sampler_settings settings = kinds[k];
        bool popular = settings.popularity > 0;
        enum status refusal = settings.accept_known ? STATUS_OK : STATUS_NO_NEGATIVES;
        settings.negatives = 4;
        CHECK_EQUAL(status_of(full, NULL, settings), STATUS_OK);
        CHECK_EQUAL(status_of(single, NULL, settings), refusal);
        /* only the first user has an item, and that is the only one with train pairs */
        CHECK_EQUAL(status_of(full, held_out, settings), popular ? refusal : STATUS_OK);
        CHECK_EQUAL(status_of(single, held_out, settings), STATUS_EMPTY);
    }
}

static void test_arguments(void) {
    const struct sampler_settings wrong[] = {
        {.negatives = 0},
        {.negatives = 4, .order = SAMPLER_ORDERS},
        {.negatives = 4, .popularity = -0.1},
        {.negatives = 4, .popularity = POPULARITY_MAX_EXPONENT + 0.1},
        {.negatives = 4, .popularity = (double)NAN},
        {.negatives = 4, .popularity = (double)INFINITY},
    };
    static const char text[] = "1,10,3,1\n1,11,3,1\n2,10,3,1\n2,12,3,1\n";
    for (uint32_t w = 0; w < sizeof wrong / sizeof *wrong; w++)
        CHECK_EQUAL(status_of(text, NULL, wrong[w]), STATUS_ARGUMENT);
    CHECK_EQUAL(status_of(text, NULL, (struct sampler_settings){.negatives = 1}), STATUS_OK);
    CHECK_EQUAL(status_of(text, NULL, (struct sampler_settings){.negatives = 50, .popularity = 4}),
                STATUS_OK);
}

int main(void) {
    RUN(test_permute_is_a_bijection);
    RUN(test_permute_of_large_counts);
    RUN(test_permute_is_uniform);
    RUN(test_permute_of_a_few_is_nearly_uniform);
    RUN(test_an_epoch_has_every_instance_once);
    RUN(test_grouped_order);
    RUN(test_groups);
    RUN(test_grouped_positives_are_shuffled);
    RUN(test_batches_do_not_depend_on_how_the_epoch_is_cut);
    RUN(test_epochs_and_seeds_differ);
    RUN(test_negatives_are_uniform);
    RUN(test_negatives_are_independent);
    RUN(test_negatives_have_their_probabilities);
    RUN(test_pairs);
    RUN(test_order_of_pairs);
    RUN(test_zero_settings_change_nothing);
    RUN(test_a_user_with_everything);
    RUN(test_what_cannot_be_sampled);
    RUN(test_arguments);
    return check_report();
}
