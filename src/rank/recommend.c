#include "rank/recommend.h"

uint32_t recommend_top(struct scorer *scorer, uint32_t *items, float *scores, float *all, uint32_t user,
                       const uint32_t *seen, uint32_t seen_count, uint32_t k) {
    uint32_t count = 0, next = 0, item_count = scorer->model->items;
    scorer_scores(scorer, all, user, NULL, item_count);
    for (uint32_t item = 0; item < item_count; item++) {
        float score = all[item];
        if (next < seen_count && seen[next] == item) {
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
