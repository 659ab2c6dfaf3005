/* What the files of exports share. Everything that the wasm module exports stands in this folder and nowhere else. Handles
 * are addresses; the files of wasm/core/ are the only ones that see them.
 *
 * Where a function makes something or can fail it returns an int32: a handle or a count when it is not negative, else
 * minus an enum status. Arrays go in and out through memory from ncf_alloc, which the caller releases with ncf_free.
 * Indices are dense and the caller's to check (wasm/core/ does); shapes are those of the headers named. */
#ifndef NCF_API_H
#define NCF_API_H

#include "data/split.h"
#include "model/trainer.h"

#define EXPORT(name) __attribute__((export_name(#name), used)) name

static inline int32_t made(enum status status, const void *object) {
    return status == STATUS_OK ? (int32_t)(intptr_t)object : -(int32_t)status;
}

/* The readers of data/dataset.h, by their words "ratings", "films", "negatives", "people". */
enum data_file { FILE_RATINGS, FILE_FILMS, FILE_NEGATIVES, FILE_PEOPLE };

/* What a model and its training are to be: api/settings.c. */
struct settings {
    struct model_settings model;
    struct trainer_settings training;
};

/* The test part of a split, or with `validation` its validation part. */
static inline const struct held_out *held_out_of(const struct split *split, int32_t validation) {
    return validation ? &split->validation : &split->test;
}

#endif
