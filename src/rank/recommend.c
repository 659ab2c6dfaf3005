#include "rank/recommend.h"

uint32_t recommend_top(struct scorer *scorer, uint32_t *items, float *scores, float *all, uint32_t user,
                       const struct interactions *catalogue, const uint32_t *seen, uint32_t seen_count,
                       uint32_t k) {
    uint32_t count = 0, next = 0;
    scorer_scores(scorer, all, user, NULL, scorer->model->items);
    for (uint32_t c = 0; c < catalogue->choices; c++) {
        uint32_t item = interactions_choice(catalogue, c);
        float score = all[item];
        while (next < seen_count && seen[next] < item) next++;
        if (next < seen_count && seen[next] == item) continue;
        /* a list of k in order: nearly every item fails this test against its last entry */
        if (score != score || k == 0 || (count == k && !(score > scores[k - 1]))) continue;
        uint32_t at = count < k ? count++ : k - 1;
        for (; at > 0 && score > scores[at - 1]; at--) items[at] = items[at - 1], scores[at] = scores[at - 1];
        items[at] = item, scores[at] = score;
    }
    return count;
}
