#include "model/itempop.h"

#include <string.h>

void itempop_fit(struct model *model, const struct interactions *train) {
    memset(model->values, 0, (size_t)model->parameters * sizeof *model->values);
    float *count = model_values(model, MODEL_ITEM_BIAS);
    for (uint32_t pair = 0; pair < train->count; pair++) count[train->item[pair]] += 1.0F;
}
