#include "rank/recommend.h"

uint32_t recommend_top(struct scorer *scorer, uint32_t *items, float *scores, float *all,
                       const struct interactions *train, uint32_t user, uint32_t k) {
    uint32_t count = 0, next = train->start[user], end = train->start[user + 1];
    scorer_scores(scorer, all, user, NULL, train->items);
    for (uint32_t item = 0; item < train->items; item++) {
        float score = all[item];
        if (next < end && train->item[next] == item) {
            next++;
            continue;
        }
        /* a list of k in order: nearly every item fails this test against its last entry */
        if (score != score || k == 0 || (count == k && !(score > scores[k - 1]))) continue;
        uint32_t at = count < k ? count++ : k - 1;
        for (; at > 0 && score > scores[at - 1]; at--) items[at] = items[at - 1], scores[at] = scores[at - 1];
        items[at] = item, scores[at] = score;
    }
    return count;
}
