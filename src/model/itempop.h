/* ItemPop: every user's films ranked by how many train users have them, the line that learning has to beat. */
#ifndef NCF_ITEMPOP_H
#define NCF_ITEMPOP_H

#include "data/interactions.h"
#include "model/model.h"

/* Sets bias.item of a model of the bias part alone to the items' counts in `train`, all else to 0. */
void itempop_fit(struct model *model, const struct interactions *train);

#endif
