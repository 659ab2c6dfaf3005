/* Raw ids of a file (any 32-bit number) to dense indices 0, 1, 2 … in order of first appearance. */
#ifndef NCF_IDMAP_H
#define NCF_IDMAP_H

#include <stdint.h>

#include "base/status.h"

#define IDMAP_NONE UINT32_MAX
#define IDMAP_MAX (UINT32_C(1) << 24) /* ids */

struct idmap {
    uint32_t count;
    uint32_t *ids;   /* [count], raw id of each index */
    uint32_t *slots; /* open addressing, index + 1 or 0; slot_mask + 1 of them, at most half full */
    uint32_t slot_mask, capacity;
};

/* The index of `id`, given a new one where it has none. STATUS_MEMORY, STATUS_TOO_LARGE. A zeroed map is empty. */
enum status idmap_add(struct idmap *map, uint32_t id, uint32_t *index);

/* The index of `id` or IDMAP_NONE. */
uint32_t idmap_find(const struct idmap *map, uint32_t id);

void idmap_free(struct idmap *map);

#endif
