/* The films of a model in two dimensions: model/map.h. */
#include "model/map.h"

#include "api.h"

int32_t EXPORT(ncf_map_new)(const struct model *model) {
    struct map *map;
    return made(map_new(&map, model), map);
}

void EXPORT(ncf_map_free)(struct map *map) { map_free(map); }

void EXPORT(ncf_map_take)(struct map *map, const struct model *model) { map_take(map, model); }

uint32_t EXPORT(ncf_map_width)(const struct map *map) { return map->width; }

/* 1 where the places are there. */
int32_t EXPORT(ncf_map_run)(struct map *map, uint32_t limit) { return map_run(map, limit); }

/* float32 [items, 2] */
const float *EXPORT(ncf_map_places)(const struct map *map) { return map->places; }

double EXPORT(ncf_map_explained)(const struct map *map, uint32_t axis) { return map->explained[axis]; }

/* items uint32 [k], cosine float32 [k]; returns how many. */
uint32_t EXPORT(ncf_map_neighbours)(const struct map *map, uint32_t *items, float *cosine, uint32_t item,
                                    uint32_t k) {
    return map_neighbours(map, items, cosine, item, k);
}
