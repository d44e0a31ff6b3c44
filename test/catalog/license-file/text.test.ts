import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/license-file/detector.ts';
import { recognizeLicenseTexts } from '../../../src/detect/license-texts.ts';
import { runDetectors } from '../../support/detector-harness.ts';

const MIT = `The MIT License (MIT)

Copyright (c) 2024 Somebody

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights.

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.
`;
const BSD = `Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
`;
const ISC =
  'Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted';

describe('licence texts', () => {
  const facts: readonly (readonly [title: string, text: string, licenses: readonly string[]])[] = [
    ['MIT', MIT, ['MIT']],
    ['X11', `${MIT} the name of it shall not be used in advertising or otherwise to promote`, ['X11']],
    [
      'ISC',
      `${ISC}, provided that the above copyright notice and this permission notice appear in all copies.`,
      ['ISC'],
    ],
    ['0BSD', `${ISC}.`, ['0BSD']],
    ['BSD with two clauses', BSD, ['BSD-2-Clause']],
    ['BSD with three', `${BSD} to endorse or promote products derived from this software`, ['BSD-3-Clause']],
    [
      'Apache',
      'Apache License\n Version 2.0, January 2004\nTERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION',
      ['Apache-2.0'],
    ],
    [
      'GPL',
      'GNU GENERAL PUBLIC LICENSE\n   Version 2, June 1991\n use the GNU Library General Public License instead',
      ['GPL-2.0'],
    ],
    ['LGPL', 'GNU LESSER GENERAL PUBLIC LICENSE\nVersion 2.1, February 1999', ['LGPL-2.1']],
    ['two at once', `${MIT}\n${BSD}`, ['BSD-2-Clause', 'MIT']],
    ['another text', 'All rights reserved. Do not copy.', []],
    ['nothing', '', []],
  ];
  for (const [title, text, licenses] of facts) {
    it(`recognises ${title}`, () => expect(recognizeLicenseTexts(text)).toEqual(licenses));
  }

  it('are looked for in files named after licences', () => {
    const found = runDetectors(detectors, {
      '/app/node_modules/x/LICENSE': MIT,
      '/app/node_modules/y/LICENSE.md': MIT,
      '/app/node_modules/z/license.js': MIT,
      '/app/readme.txt': MIT,
    });
    expect(found).toEqual([
      { kind: 'fact', name: 'licence-file', value: 'MIT' },
      { kind: 'fact', name: 'licence-file', value: 'MIT' },
    ]);
  });

  it('are not told from bytes that are no text', () => {
    expect(runDetectors(detectors, { '/x/LICENSE': new Uint8Array(400_000).fill(0xff) })).toEqual([]);
  });
});
