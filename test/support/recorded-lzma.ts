/** Text that gives an LZMA encoder all kinds of symbols: literals, matches near and far, repeats of one distance and of older ones. */
export function recordedText(): string {
  const words = ['layer', 'image', 'whiteout', 'digest', 'sha256', 'package', 'advisory', 'secret', 'manifest'];
  let seed = 17;
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(seed / 65_536) % below;
  };
  const lines = Array.from({ length: 60 }, (_, line) => `${line}: ${words[next(9)]} ${words[next(9)]}=${next(1000)};`);
  return `${lines.join('\n')}\n${'-'.repeat(600)}\n${lines.slice(0, 30).join('\r\n')}\n${lines.join('\n')}`;
}

/** `recordedText` as three runs of xz packed it, in base64: its best level; other coder properties in three blocks; .lzma. */
export const RECORDED = {
  default: [
    '/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4BB/AmhdABgOgCbx+MIbZQGm98GbCXpkumOCk7sH31StE3P3jub47JWxay7JbTKMLVM3bQt4fbjy6X',
    'UEJXsPA5cXtFH3Zw2fN3RE1Pmt8xesjlPlNFyfmxUcYPT0QJz/qEjTeyU4q1f1fhXwq55vyl1QZN9ypmNPP+wR4j1o9xuZrOAnLKcnVUbXYMjM',
    'Vrj8akcl/WpCceLPUMK28JntciO3HGAwVYz44TtIxVcqT1/rPdmNmPvpsJtr8eDlifQqJZODrc7UjRC45Rsffih/bhOawj/m8Ay9dIUryoE/Mk',
    'kLV7ZixoU3O9IigwijoaKyr+mXyoWZyzCuVuyCflgGylEcvEmkEju8FNqbyxIZuiQ38wWBiGsyoVvrt4Pged6ytgohB5OE+ePmCvMcbfEjV0VO',
    'R0Kqq6pwMWECBOktef6SDO9PG1RxoEmkj4Aw4Z9LFPvOJ4+mQYAjmP4vXfPytrpwULhgHfayjEedhJfMchuEepd8bqIk7kPJrEWVo1UvJB2WQl',
    'vPNmtoHxBdmYns+EpxERZ69Q9Ns5bJ/SjRefFLPvbCQipHkB3b2J2E+B1VOpqYZr2QN/jZKIhAgHcBhVFZ+39ugF1bLErQQCy22NLdI15LhigY',
    'ujIT1xGEb21KtpdvWShZ2dhsngqmr4VoqZk/tQBgnqvGNH8a/Glu3/oGQTEiwlJrksWd+f9sgr9pINSBHcSbeMcrFh/1PcocqtgliFe5mZvgME',
    'BMVakf9/gWDh8JnWB5cO56VDKk7rrTTihwMLbuviul9qqG9aT8cFLy7ohJMsWPk/Y72SoDfmA/UpdqksWq0pGzf7rb8wAASTht764Ae3wAAYQF',
    'gCEAAI+XQlqxxGf7AgAAAAAEWVo=',
  ].join(''),
  otherCoders: [
    '/Td6WFoAAArh+wyhAgAhAQAAAAA3J5fW4AXbAhw/ABgOgCd1UlSdLByaGsSV3RgRb7g+jZt2n4hRNtzmxDeDjrovEqC74j5A2K89AO2sIeRw3s',
    'Z1pNBzlR2IGc+6yVpxCvYScJNBHmNIOdRLvc6o22Shj3BI8YNYLp/s8dmN7RERdkNWovly8u4U7mkEfsMlC74YzoMMa198VtsigE8W0uXzEt1N',
    'YpN46E/H0WvMCqowOqenJ6doHGXKVi7yipeR+k2qg1vsLNWosMozktbKmLht5QwvlfaqALzr+tKau7Cdkk4pEsX9p9fSRtFBjQAv0D89Hy0YM4',
    'lFlMVGc4vyV/M8x8kkWcIBONjTp++8a+5F4Q+FONmDeWvNSG3BaUgrjBM6sPPk7ZfTNZtWRmmO78C2zqOrlDEqPgTjWVtLR3N3EKbZF1Hj8tDw',
    'mk6YpbsoQ/pA8HE0RAwL0GwCEM6Ca6adtgIW+gsanf+JCJWO4IJo2AvQ1ysCP23K1GQetZSo8eYSjqqJ5mwziF+7ER5oNx+cKc6nWCXVp3jpyj',
    'qBgri3SWT3L6qKmwAqGfVmT3TtS1CqBKqAsqjJWBRt/XYjXlgQBYQLHE7nAAf75wXv1fFM7r256pS80hUSG3/Vjx/ACIbfUEfo8rKocJWl4Jo3',
    'p9JVjynfTPeH+STgGuxe4r8yioDz6ShfW8NI6+N3gFbwWcqCDm2UMGmQR+Nd+nqp19aG25zjw0CtSHrcx0r2v9/oz69wRW3DnWIAAACCrdQVal',
    'BHXv6zKdzZaTBm54JQDAvQ/SDGgYyVBrnOcAIAIQEAAAAANyeX1uAF2wFaPwAW7/u/sM1aIcUDEHJIxE79Xm8h3U5KcVGkGwJswfL1AuvLZY25',
    'MCvFu7RRhD+m3zn8W6M94aSzVm4b6myyebce1pcPZkgMrfSSvEBkfzYZyH2l/w2ghNfEviTCrgurg7+9+7QC8J3oFJTU3qSdkuE1pBxrKt8xb4',
    'XnVmirSNzTvtI2BfAIAK+Os1kdJxRHKanDk82MQnoRKrXPi9VbgXdyRfauylk2fghdQOMdHCbPwZjZyk7DNTsPQLyet5jpQHsYa4fwv1c3OQ/I',
    'OE5XTegK8IxMxFOggjGDY6xQ+8k3QsvRz1rgCziVN/AT8jTu19maWI7R3XAPs6GrTZrrYONqilnopABJsHdWIqlXc8Z4lk367+T8HIRlqvhJ3R',
    'NJVrGhgUKs55G4lARs8XRU2UlpT7YDVFYd2yLHAcTEBSMauuiMKxGup2qXI3C5nbWf50LhtA7aFMkNFdKFAAAATNbd+o5qKWgGSyCGYoDa/6Wi',
    'S689vwhg9JSu1p/XpfcCACEBAAAAADcnl9bgBMcB3T8AMJjJ0XY7ZgVCXwSj0uPzIiidIh4K0HMd5JBOTCjg6ZpDqsA+4CHa1ui6RIhJoEqh1j',
    'kQZPTG4usyuH5EMX5Y+3Ld0Oz2kWZGGr2vWtIyYeZH0bKY0uQF9gCxDPotDxSjzd7Ltxpm5kO1rGL2FS+K7cA8C+7mxuLRRpyawPGdT/3UMNpR',
    'mR5AmObbrKwnjNUbzwfyf0LhuPF9VpyXjleE73KTc5C0RHf03Nfq/YmZcaJlJnfwJ1SDR/WM8nzxjm4zBds1JX6qw2qTXA40GOrXN+hQ6xX8zW',
    'bzU3ELZXL/ukMysJzKLPYzLq2XyNZ70kCAqgMUiMj8lpLc8354UPigLw5Fj1rdVax3osC9s3+x2ykjqBt8CApwUdfY3Bi/7sSGjHee2FR7f7Xr',
    'ycwCKTTGNnngnhbP7N83v5nypZhnOjHFweAm0KkxPpSoTeur8IuaSuYzZKjaZv2Ts02R89DN8TiBL+1Vcz5/hWMRebSM4gGAh7NnOW8dZVLHfT',
    'N0luVIzP8MD82glsbRbe5v9baj2FjAlXvi7VvpwOYZSA/IfKH0nhPm25h1GWFM8bLd3kS4czozHMMNme8c3IPXKA+YTjXreyguKdnsYO0mXOA1',
    'YEB46AZgJnbotaka8vjVAAAAACBsCFBqTpTcIL+y3hP2wrbBs3CQth72H1QhtL6ptxUBAAPQBNwLjgPcC5EEyAkAAHI89u6rCobKBAAAAAAKWV',
    'o=',
  ].join(''),
  alone: [
    'XQAAgAD//////////wAYDoAm8fjCG2UBpvfBmwl6ZLpjgpO7B99UrRNz947m+OyVsWsuyW0yjC1TN20LeH248ul1BCV7DwOXF7RR92cNnzd0RN',
    'T5rfMXrI5T5TRcn5sVHGD09ECc/6hI03slOKtX9X4V8Kueb8pdUGTfcqZjTz/sEeI9aPcbmazgJyynJ1VG12DIzFa4/GpHJf1qQnHiz1DCtvCZ',
    '7XIjtxxgMFWM+OE7SMVXKk9f6z3ZjZj76bCba/Hg5Yn0KiWTg63O1I0QuOUbH34of24TmsI/5vAMvXSFK8qBPzJJC1e2YsaFNzvSIoMIo6Gisq',
    '/pl8qFmcswrlbsgn5YBspRHLxJpBI7vBTam8sSGbokN/MFgYhrMqFb67eD4HnesrYKIQeThPnj5grzHG3xI1dFTkdCqquqcDFhAgTpLXn+kgzv',
    'TxtUcaBJpI+AMOGfSxT7ziePpkGAI5j+L13z8ra6cFC4YB32soxHnYSXzHIbhHqXfG6iJO5DyaxFlaNVLyQdlkJbzzZraB8QXZmJ7PhKcREWev',
    'UPTbOWyf0o0XnxSz72wkIqR5Ad29idhPgdVTqamGa9kDf42SiIQIB3AYVRWft/boBdWyxK0EAsttjS3SNeS4YoGLoyE9cRhG9tSraXb1koWdnY',
    'bJ4Kpq+FaKmZP7UAYJ6rxjR/Gvxpbt/6BkExIsJSa5LFnfn/bIK/aSDUgR3Em3jHKxYf9T3KHKrYJYhXuZmb4DBATFWpH/f4Fg4fCZ1geXDuel',
    'QypO66004ocDC27r4rpfaqhvWk/HBS8u6ISTLFj5P2O9kqA35gP1KXapLFqtKRs3/FK7vx2f5/pU4=',
  ].join(''),
} as const;

/** 200,000 times `x` as an .lzma file. */
export const RECORDED_RUN =
  'XQAAgAD//////////wA8b/u//qOxXuX4P7KqJlX4aHBBcBUPjf0eTBuKQrcZ9GkYca5mI4qKTS+jDdl/puOMIxFT4FkYxXWK4nf4tpR/DGrA3nRJZOLpXFOyBNj3RAyrXw1tRunlw3aIt38/7ibP///6PwAA';
