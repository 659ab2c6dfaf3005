/* Maps of a NeuMF's weights before training, for a test that compares their bits with those in wasm:
 *
 *     tool_map items factors seed
 *
 * Prints the hash of the first map's places, then that of the map of other weights, those of the next seed, turned to it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "model/map.h"

static uint32_t number(const char *text) { return (uint32_t)strtoul(text, NULL, 10); }

int main(int count, char **words) {
    if (count != 4) return 2;
    uint32_t F = number(words[2]);
    struct model_settings settings = {.parts = MODEL_GMF | MODEL_MLP, .factors = F, .layer_count = 4};
    for (uint32_t l = 0; l < 4; l++) settings.layers[l] = (8 * F) >> l;
    settings.seed = number(words[3]);
    struct model *model;
    struct map *map;
    if (model_new(&model, &settings, 1, number(words[1])) != STATUS_OK) return 1;
    if (map_new(&map, model) != STATUS_OK) return 1;
    for (uint32_t turn = 0; turn < 2; turn++) {
        if (!map_run(map, UINT32_MAX)) return 1;
        printf("%016" PRIx64 "\n", hash_floats(HASH_START, map->places, 2 * (uint64_t)map->items));
        model->settings.seed++;
        model_reset(model);
        map_take(map, model);
    }
    map_free(map);
    model_free(model);
    return 0;
}
