// Tails and quantiles of the distributions that tests of significance need, to some 12 digits. Pure: for a page too.

/** δ of Stirling's formula for x >= 10: ln Γ(x) = (x - 1/2) ln x - x + ln(2π)/2 + δ(x). @param {number} x */
function stirlingRest(x) {
  const y = 1 / (x * x);
  return (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - (y * 691) / 360360))))) / x;
}

/**
 * ln Γ(x), x > 0 (Lanczos' approximation, g = 7).
 * @param {number} x
 */
function logGamma(x) {
  const series = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const sum = series.reduce((total, term, n) => total + term / (x + n), 0.9999999999998099);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * ln B(a, b). For large arguments the difference of logarithms of Γ is taken before they are large.
 * @param {number} a
 * @param {number} b
 */
function logBeta(a, b) {
  const [small, large] = a < b ? [a, b] : [b, a];
  if (large < 10) return logGamma(small) + logGamma(large) - logGamma(small + large);
  const sum = small + large;
  const rest = stirlingRest(large) - stirlingRest(sum);
  if (small < 10)
    return logGamma(small) + rest - (large - 0.5) * Math.log1p(small / large) - small * Math.log(sum) + small;
  return (
    0.5 * Math.log((2 * Math.PI) / small) +
    stirlingRest(small) +
    rest -
    small * Math.log1p(large / small) -
    (large - 0.5) * Math.log1p(small / large)
  );
}

/**
 * The regularised incomplete beta function I_x(a, b), by its continued fraction (Lentz's method).
 * @param {number} x  0 to 1
 * @param {number} a
 * @param {number} b
 * @param {number} [y]  1 - x, for callers who know it better than x tells
 * @returns {number}
 */
export function incompleteBeta(x, a, b, y = 1 - x) {
  if (x <= 0 || y <= 0) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(y, b, a, x);
  const logX = x < 0.5 ? Math.log(x) : Math.log1p(-y);
  const logY = y < 0.5 ? Math.log(y) : Math.log1p(-x);
  const front = Math.exp(a * logX + b * logY - logBeta(a, b)) / a;
  const tiny = 1e-300;
  const away = (/** @type {number} */ value) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      fraction *= d * c;
    }
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front * fraction;
}

/**
 * Twice the chance that a standard normal is above |z|.
 * @param {number} z
 */
export function normalTwoSided(z) {
  const x = Math.abs(z) / Math.SQRT2;
  const bell = Math.exp(-x * x) / Math.sqrt(Math.PI);
  if (x > 2.5) {
    // erfc by its continued fraction, from the inside out
    let tail = x;
    for (let n = 100; n > 0; n--) tail = x + n / 2 / tail;
    return bell / tail;
  }
  // erf by its series without changing signs, which would cancel
  let term = 2 * x;
  let sum = term;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return 1 - bell * sum;
}

/**
 * The chance that χ² with one degree of freedom is above x.
 * @param {number} x
 */
export function chiSquareAbove(x) {
  return normalTwoSided(Math.sqrt(x));
}

/**
 * Twice the chance that Student's t is above |t|.
 * @param {number} t
 * @param {number} degrees  of freedom, not necessarily whole
 */
export function studentTwoSided(t, degrees) {
  const sum = degrees + t * t;
  return incompleteBeta(degrees / sum, degrees / 2, 0.5, (t * t) / sum);
}

/**
 * The t that Student's |t| is above with the chance p: with p = 0.05, what a 95 % interval is made with.
 * @param {number} p
 * @param {number} degrees
 */
export function studentQuantile(p, degrees) {
  let [low, high] = [0, 1];
  while (studentTwoSided(high, degrees) > p) high *= 2;
  // The tail falls from low to high; halving is slow, sure, and soon done.
  for (let n = 0; n < 200 && high - low > 1e-15 * high; n++) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, degrees) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The chance of at most k heads of n throws of a fair coin. Goes on between whole numbers as the incomplete beta
 * function does.
 * @param {number} k  0 to n
 * @param {number} n
 */
export function fairCoinBelow(k, n) {
  return k >= n ? 1 : incompleteBeta(0.5, n - k, k + 1);
}
