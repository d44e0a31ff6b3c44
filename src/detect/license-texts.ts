/**
 * How a licence text is told. Phrases are in lower case, words only, one blank between. `title` must stand near the
 * beginning of a text; `phrases` all stand in it somewhere; `without` none.
 */
interface LicenseText {
  readonly license: string;
  readonly title?: string;
  readonly phrases?: readonly string[];
  readonly without?: readonly string[];
}

const BSD =
  'redistribution and use in source and binary forms with or without modification are permitted provided that the following conditions are met';
const BSD_NAMES = 'to endorse or promote products derived from this software';
const BSD_ADVERTISING = 'all advertising materials mentioning features or use of this software must display';
const MIT_GRANT =
  'to any person obtaining a copy of this software and associated documentation files the software to deal in the software without restriction';
const MIT_NOTICE =
  'the above copyright notice and this permission notice shall be included in all copies or substantial portions of the software';
const ISC_GRANT =
  'permission to use copy modify and or distribute this software for any purpose with or without fee is hereby granted';
const OLD_ISC_GRANT =
  'permission to use copy modify and distribute this software for any purpose with or without fee is hereby granted';
const ISC_NOTICE = 'provided that the above copyright notice and this permission notice appear in all copies';

/** The commonest licences of packages in images. GNU texts do not say "or later": the bare, deprecated ids say neither. */
const LICENSE_TEXTS: readonly LicenseText[] = [
  {
    license: 'MIT',
    phrases: [MIT_GRANT, MIT_NOTICE],
    without: ['shall not be used in advertising or otherwise to promote'],
  },
  { license: 'X11', phrases: [MIT_GRANT, MIT_NOTICE, 'shall not be used in advertising or otherwise to promote'] },
  { license: 'MIT-0', phrases: [MIT_GRANT], without: [MIT_NOTICE] },
  { license: 'ISC', phrases: [ISC_GRANT, ISC_NOTICE] },
  { license: 'ISC', phrases: [OLD_ISC_GRANT, ISC_NOTICE] },
  { license: '0BSD', phrases: [ISC_GRANT], without: [ISC_NOTICE] },
  { license: 'BSD-2-Clause', phrases: [BSD], without: [BSD_NAMES, BSD_ADVERTISING] },
  { license: 'BSD-3-Clause', phrases: [BSD, BSD_NAMES], without: [BSD_ADVERTISING] },
  { license: 'BSD-4-Clause', phrases: [BSD, BSD_NAMES, BSD_ADVERTISING], without: ['openssl project'] },
  {
    license: 'Apache-2.0',
    phrases: ['apache license version 2 0 january 2004', 'terms and conditions for use reproduction and distribution'],
  },
  {
    license: 'Apache-1.1',
    phrases: [
      'the end user documentation included with the redistribution if any must include the following acknowledg',
      'apache software foundation',
    ],
  },
  { license: 'GPL-1.0', title: 'gnu general public license version 1 february 1989' },
  { license: 'GPL-2.0', title: 'gnu general public license version 2 june 1991' },
  { license: 'GPL-3.0', title: 'gnu general public license version 3 29 june 2007' },
  { license: 'LGPL-2.0', title: 'gnu library general public license version 2 june 1991' },
  { license: 'LGPL-2.1', title: 'gnu lesser general public license version 2 1 february 1999' },
  { license: 'LGPL-3.0', title: 'gnu lesser general public license version 3 29 june 2007' },
  { license: 'AGPL-3.0', title: 'gnu affero general public license version 3 19 november 2007' },
  { license: 'GFDL-1.3', title: 'gnu free documentation license version 1 3 3 november 2008' },
  { license: 'MPL-1.1', title: 'mozilla public license version 1 1' },
  {
    license: 'MPL-2.0',
    title: 'mozilla public license version 2 0',
    phrases: ['each individual or legal entity that creates contributes to the creation of or owns covered software'],
  },
  {
    license: 'EPL-1.0',
    title: 'eclipse public license v 1 0',
    phrases: ['the accompanying program is provided under the terms of this eclipse public license'],
  },
  {
    license: 'EPL-2.0',
    title: 'eclipse public license v 2 0',
    phrases: ['the accompanying program is provided under the terms of this eclipse public license'],
  },
  { license: 'CDDL-1.0', title: 'common development and distribution license cddl version 1 0' },
  { license: 'CDDL-1.1', title: 'common development and distribution license cddl version 1 1' },
  { license: 'CC0-1.0', title: 'cc0 1 0 universal' },
  {
    license: 'CC-BY-4.0',
    title: 'attribution 4 0 international',
    phrases: ['creative commons attribution 4 0 international public license'],
  },
  { license: 'CC-BY-SA-4.0', title: 'attribution sharealike 4 0 international' },
  { license: 'Unlicense', phrases: ['this is free and unencumbered software released into the public domain'] },
  {
    license: 'Zlib',
    phrases: [
      'in no event will the authors be held liable for any damages arising from the use of this software',
      'the origin of this software must not be misrepresented',
    ],
  },
  { license: 'BSL-1.0', title: 'boost software license version 1 0 august 17th 2003' },
  {
    license: 'WTFPL',
    phrases: ['do what the fuck you want to public license', 'you just do what the fuck you want to'],
  },
  {
    license: 'PSF-2.0',
    phrases: [
      'python software foundation license version 2',
      'psf hereby grants licensee a nonexclusive royalty free world wide license',
    ],
  },
  { license: 'Artistic-2.0', title: 'the artistic license 2 0' },
  {
    license: 'Artistic-1.0-Perl',
    title: 'the artistic license preamble',
    phrases: ['aggregation of this package with a commercial distribution'],
  },
  { license: 'OFL-1.1', phrases: ['sil open font license version 1 1 26 february 2007'] },
  {
    license: 'OpenSSL',
    phrases: ['this product includes software developed by the openssl project for use in the openssl toolkit'],
  },
  {
    license: 'PostgreSQL',
    phrases: [
      'postgresql database management system',
      'permission to use copy modify and distribute this software and its documentation for any purpose without fee and without a written agreement is hereby granted',
    ],
  },
  { license: 'NCSA', phrases: ['university of illinois ncsa open source license'] },
  { license: 'UPL-1.0', title: 'the universal permissive license upl version 1 0' },
  { license: 'MS-PL', title: 'microsoft public license ms pl' },
  { license: 'BlueOak-1.0.0', title: 'blue oak model license', phrases: ['version 1 0 0'] },
];

const TITLE_LENGTH = 600;

/** The licences (SPDX ids, sorted) whose text a file holds; empty where none is known. */
export function recognizeLicenseTexts(text: string): readonly string[] {
  const words = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  const head = words.slice(0, TITLE_LENGTH);
  const found = LICENSE_TEXTS.filter(
    ({ title, phrases = [], without = [] }) =>
      (title === undefined || head.includes(title)) &&
      phrases.every((phrase) => words.includes(phrase)) &&
      !without.some((phrase) => words.includes(phrase)),
  );
  return [...new Set(found.map(({ license }) => license))].sort();
}
