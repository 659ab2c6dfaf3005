/* Alternating least squares for implicit feedback. With the score p_u·q_i of user u and item i and the train pairs S,
 *
 *   iALS   Σ_{(u,i) ∈ S} (1 - p_u·q_i)² + α₀ Σ_{u,i} (p_u·q_i)² + Σ_u λ_u ‖p_u‖² + Σ_i λ_i ‖q_i‖²,
 *          λ_u = λ (|I_u| + α₀ |I|)^ν,  λ_i = λ (|U_i| + α₀ |U|)^ν             Rendle et al., RecSys 2022, eq. 1 to 4
 *   eALS   Σ_{(u,i) ∈ S} (1 - p_u·q_i)² + Σ_{(u,i) ∉ S} c_i (p_u·q_i)² + λ (Σ_u ‖p_u‖² + Σ_i ‖q_i‖²),
 *          c_i = c₀ |U_i|^a / Σ_j |U_j|^a                                       He et al., SIGIR 2016, eq. 7 and 8
 *
 * is made smaller by all users' rows, then all items' rows, each fitted with the other side fixed: iALS' exactly, eALS'
 * coordinate by coordinate. A row without pairs is zero, which is its minimum. Nothing is drawn at random here: the two
 * tables come with their initial values, N(0, (.1 / √F)²) in Rendle's code and N(0, .01²) in He's. Of iALS' users these
 * do not matter.
 *
 * The missing data of a pair weigh w_u w_i, with w_u = 1 and w_i = α₀ or c_i, so that both sides look alike: fitting a row
 * takes G = Σ_o w_o x_o x_oᵀ over the other side's rows, kept in double precision and summed while these rows are fitted. */
#ifndef NCF_ALS_H
#define NCF_ALS_H

#include <stdbool.h>

#include "data/interactions.h"
#include "model/eals.h"
#include "model/ials.h"

#define ALS_MAX_FACTORS 4096
#define ALS_MAX_EXPONENT 2

enum als_method { ALS_IALS, ALS_EALS, ALS_METHODS };

/* For MovieLens-1M Rendle has l2 .007, missing .3, exponent 1; He's paper, for other data, missing 512, exponent .4. */
struct als_settings {
    enum als_method method;
    uint32_t factors; /* F, 1 … ALS_MAX_FACTORS */
    double l2;        /* λ >= 0 */
    double missing; /* weight of missing data, >= 0: iALS α₀, of each pair; eALS c₀, of all items together */
    double
        exponent; /* 0 … ALS_MAX_EXPONENT: iALS ν, how penalties grow with data; eALS a, how c_i grows with popularity */
};

struct als_side {
    float *table; /* [rows, F], borrowed */
    uint32_t rows;
    const uint32_t *start, *other; /* row r has the pairs with rows other[start[r]] … of the other side */
    float *weight;                 /* [rows]: w */
    float *penalty;                /* [rows]: λ of each row */
    double *gram;     /* [F, F], upper triangle: Σ w x xᵀ over the rows that the sweep has passed */
    double penalties; /* Σ λ ‖x‖² over these */
};

enum als_stage {
    ALS_START, /* sums the items' Gram matrix */
    ALS_USERS,
    ALS_ITEMS,
};

struct als {
    struct als_settings settings;
    struct als_side users, items;
    enum als_stage stage; /* under way, or next where `row` and `pair` are 0 */
    uint32_t row, pair;   /* of the stage's sweep: rows done, and pairs of the next row that are in */
    double errors; /* Σ over the pairs of these rows: (1 - score)², less the missing data's term for eALS */
    uint32_t epochs; /* ended */
    double loss; /* the objective at the end of the last sweep over users or items; NaN before the first */
    uint32_t *item_start; /* [items + 2], the last one of no meaning; and */
    uint32_t *item_user;  /* [pairs]: the users of each item, ascending */
    double *wide;         /* [F]: a row in double precision */
    struct ials *ials;    /* what fits a row; NULL for the other method */
    struct eals *eals;
};

/* `users` [train->users, F] and `items` [train->items, F] are what is fitted; they and `train` are borrowed and must
 * outlive the object. STATUS_ARGUMENT, STATUS_EMPTY where there are no pairs, STATUS_MEMORY. Owned by the caller: als_free. */
enum status als_new(struct als **out, float *users, float *items, const struct interactions *train,
                    const struct als_settings *settings);
void als_free(struct als *als);

/* What als_run came to: the middle of a sweep, the end of the users', the end of the items' and so of an epoch. */
enum als_reached { ALS_WITHIN, ALS_HALF, ALS_EPOCH };

/* Does up to `limit` steps, a step being IALS_BLOCK pairs of a row or what is left of them (iALS), or a whole row (eALS);
 * stops at the end of a sweep, where `loss` is exact. STATUS_NOT_FINITE: the settings lead to numbers past a float's. */
enum status als_run(struct als *als, uint32_t limit, enum als_reached *reached);

/* Starts anew, after others have changed the tables. An object made anew from the tables at the end of an epoch goes on
 * as the old one would have. */
void als_restart(struct als *als);

/* The parts that folding in shares (model/als_fold.h). */

bool als_valid(const struct als_settings *settings);

/* w of the items [train->items]. STATUS_EMPTY where train has no pairs. */
enum status als_item_weights(float *weights, const struct interactions *train,
                             const struct als_settings *settings);

/* λ of a row that has n pairs with the `others` rows of the other side. */
float als_penalty(const struct als_settings *settings, uint32_t n, uint32_t others);

/* gram[F, F] += weight x xᵀ, its upper triangle, for x[F]; wide[F] is scratch. */
void als_gram_add(double *gram, double *wide, const float *x, double weight, uint32_t F);

#endif
