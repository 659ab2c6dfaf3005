# Makes ratings.csv and movies.csv from the data set `movielens` of the R package dslabs.
#
#   apt-get install r-cran-dslabs     (Debian, Ubuntu; made with version 0.7.4)
#   Rscript data/make.R               (writes beside this script)
#
# The output is a function of that data set alone: no locale, clock or random number enters it.

script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
folder <- if (length(script) == 1) dirname(script) else "."

utils::data("movielens", package = "dslabs", envir = environment())
rows <- movielens

# dslabs took the year out of each title and lost the titles in which it found none, five of them.
# They stand here as MovieLens published them; these strings are whole, year or not.
lost <- c(
  "108548" = "Big Bang Theory, The (2007-)",
  "108583" = "Fawlty Towers (1975-1979)",
  "143410" = "Hyena Road",
  "151307" = "The Lovers and the Despot",
  "162376" = "Stranger Things"
)

# RFC 4180, quoting only where a comma, a quote or a line break asks for it, as MovieLens does.
quoted <- function(text) {
  needs <- grepl("[\",\r\n]", text)
  text[needs] <- paste0("\"", gsub("\"", "\"\"", text[needs], fixed = TRUE), "\"")
  text
}

write_csv <- function(name, header, lines) {
  out <- file(file.path(folder, name), open = "wb") # binary: '\n' on every system
  writeLines(enc2utf8(c(header, lines)), out, sep = "\n", useBytes = TRUE)
  close(out)
}

movies <- unique(rows[c("movieId", "title", "year", "genres")])
movies <- movies[order(movies$movieId), ]
title <- paste0(enc2utf8(movies$title), " (", movies$year, ")")
bare <- is.na(movies$title)
title[bare] <- unname(lost[as.character(movies$movieId[bare])])
genres <- as.character(movies$genres)

ratings <- rows[order(rows$userId, rows$movieId), ]

stopifnot(
  nrow(ratings) == 100004,
  length(unique(ratings$userId)) == 671,
  nrow(movies) == 9066,
  !anyDuplicated(movies$movieId),
  !anyDuplicated(ratings[c("userId", "movieId")]),
  !anyNA(ratings[c("userId", "movieId", "rating", "timestamp")]),
  !anyNA(title), !anyNA(genres),
  sum(bare) == length(lost),
  all(ratings$rating %in% seq(0.5, 5, 0.5))
)

write_csv("ratings.csv", "userId,movieId,rating,timestamp",
          sprintf("%d,%d,%.1f,%d", ratings$userId, ratings$movieId, ratings$rating, ratings$timestamp))
write_csv("movies.csv", "movieId,title,genres",
          paste(movies$movieId, quoted(title), quoted(genres), sep = ","))
