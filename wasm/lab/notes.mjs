// Notes: what somebody has to know about a run's numbers, because something that is usually so is not so of these data. A
// note is a code with the values that its sentence names, up to where it is shown; nobody tells it by its sentence.

import { fill } from '../words/fill.mjs';

/** @typedef {{code: keyof typeof notes, values: Record<string, number | string>}} Note */

/**
 * What each says, in the form that fill() takes. In other languages: web/languages/.
 * @satisfies {Record<string, string>}
 */
export const notes = {
  'few-candidates':
    'The held-out film of {users} of {of} test users is ranked among {films} films, itself included, rather than among {paper}: there are no more candidates.',
  'certain-hits':
    '{users} of {of} test users have {most} films or fewer to rank, the held-out one included: there a hit at 10 is certain.',
  'rows-by-id':
    'The weights file has no ids (user_ids, item_ids): its row n is taken for the user or film with the id n, as the paper’s code has it. If its rows are in the order in which ids first appear, say --rows appearance.',
  'rows-by-appearance':
    'The weights file has no ids (user_ids, item_ids): its rows are taken to be in the order in which ids first appear in the rating file. If its row n is that of the id n, say --rows id.',
  'features-in-order':
    'The weights file does not name its features: they are taken to be in the order of those of these data.',
  'activation-assumed':
    'The weights file has no settings: its layers are taken to have the activation {activation}. Another one belongs into its metadata, as the text of “config”.',
  'other-data': 'These are not the data that the weights were trained on: they may have learnt what is tested here.',
  'other-test':
    'The weights were trained on the same ratings, but here others are held out: they may have learnt what is tested. Rows in another order do that where times are equal, and so do other settings.',
  'other-negatives':
    'The weights were trained on the same ratings in another order of rows, by which test negatives are drawn: sampled metrics differ by the draw, full ones do not.',
  'foreign-results':
    '{results} {results|result|results} in {file} {results|is|are} of other data, or {results|does|do} not say of which: {results|it is|they are} neither taken up nor changed.',
  'unknown-data':
    '{file} does not say which data its runs are of: they are taken to be the same as those of the others.',
  'zero-ratings':
    '{rows} of {of} rows have rating 0: they are no positives, and what has no other rows is left out. “Positive from” 0 (--positive-from 0) takes them as positives.',
  'negative-ratings':
    'Ratings go from {lowest} to {highest}, and all rows are positives, those of 0 and below too. “Positive from” (--positive-from) says from which rating on.',
  'positive-from':
    '{positives} of {of} rows are positives: those with a rating of {from} or more. The others are left out.',
  repeats: '{rows} {rows|row repeats|rows repeat} a film that the user has already: every pair counts once.',
  'test-in-train':
    '{rows} {rows|row|rows} of the train file {rows|is|are} the film that the test file holds out of the user: training leaves {rows|it|them} out.',
  'same-times':
    'For {share} of the test users ({users} of {of}) all times are equal, so the file’s order alone decides what is held out. “Held out” at random (--hold-out random) does without times.',
  'tied-times':
    'For {share} of the test users ({users} of {of}) several films share the latest time, so the file’s order decides which is held out. “Held out” at random (--hold-out random) does without times.',
  untested: '{users} of {of} users {users|is|are} not tested, having no film to hold out.',
  'fewer-validated': 'Validation has films of {users} of the {of} test users: the others have none left for it.',
  everything:
    '{users} {users|user has|users have} every film that negatives are drawn from (the first is user {user}): training leaves their ratings out, since there is nothing to tell them from.',
  'nearly-everything':
    '{users} {users|user has|users have} nearly every film (the first is user {user}, with {films} of {of}): their negatives are always the few that are left, the held-out one among them.',
  'low-ratings':
    '{rows} of {of} ratings are 0 or below and are learnt as ratings like all, on a scale from {lowest} to {highest}.',
  'rated-again': '{rows} {rows|rating was|ratings were} replaced by a later one of the same user and film.',
};

/** A note in English. @param {Note} note */
export const noteText = ({ code, values }) => fill(notes[code], values);

/** A note as `--json` prints it. @param {Note} note */
export const noteToJson = (note) => ({ ...note, text: noteText(note) });
