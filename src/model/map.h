/* The items of a model in two dimensions: their embeddings on the two axes along which these differ most (principal
 * component analysis), turned so that a map looks like the one before it.
 *
 * An item's embedding is all that the model has of it, side by side: GMF's row q_i, then the MLP part's input t_i with what
 * the item's features add to it. They are taken as they are. GMF's are not weighed by |h|: h and the users' p may trade
 * their scales, so that |h| alone tells no more of what a column is worth than its own numbers do; and what the map shows
 * stays what the weights are.
 *
 * Where an embedding has two numbers (or one) there is nothing to choose: they are the coordinates, neither centred nor
 * turned. Else the axes are the eigenvectors of the covariance, in double precision by cyclic Jacobi rotations: + - * / and
 * sqrt in one order, so that native and wasm give the same bits. The sign of an axis is free: on a first map the item
 * furthest out on it is on its positive side. A later map is turned or mirrored to fit the one before it, by the solution of
 * the orthogonal Procrustes problem (Schönemann 1966). */
#ifndef NCF_MAP_H
#define NCF_MAP_H

#include "model/model.h"

enum map_stage { MAP_COVARIANCE, MAP_AXES, MAP_DONE };

struct map {
    uint32_t items, width;
    float *x;            /* [items, width], the embeddings */
    double *mean;        /* [width] */
    double *centred;     /* [width], of an item */
    double *covariance;  /* [width, width], times the items; its diagonal becomes the eigenvalues */
    double *axes;        /* [width, width], an axis a row */
    float *places;       /* [items, 2] */
    float *before;       /* [items, 2], of the map before; zeros before the first */
    double explained[2]; /* each coordinate's share of the variance; 0 where there is none */
    enum map_stage stage;
    uint32_t row;   /* the next one of the stage */
    uint32_t sweep; /* over the matrix, for axes */
};

/* STATUS_ARGUMENT where the model has no embeddings of items, STATUS_MEMORY. Owned by the caller: map_free. */
enum status map_new(struct map **out, const struct model *model);
void map_free(struct map *map);

/* Begins a map of the model's present embeddings, which are copied; `model` has the shape of map_new's. The places of a map
 * that was done are what the new one will be turned to. */
void map_take(struct map *map, const struct model *model);

/* Goes on with it for `limit` steps, each some `width`² operations; true where places and shares are there. Places mean
 * nothing before that, and those of embeddings that are not finite aren't either. */
bool map_run(struct map *map, uint32_t limit);

/* The k items whose embeddings, as taken, have the largest cosine with that of `item`, nearest first, to items[k] and
 * cosine[k]; equal ones in the order of item index, none that is all zeros. Returns how many there are. */
uint32_t map_neighbours(const struct map *map, uint32_t *items, float *cosine, uint32_t item, uint32_t k);

#endif
