import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BASE64, HEX } from '../../../src/secrets/shapes/char-set.ts';
import { run } from '../../../src/secrets/shapes/parts.ts';
import { sampleOf } from '../../../src/secrets/shapes/sample.ts';
import { verdictsIn } from '../../support/found-values.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const pem = rsa.export({ type: 'pkcs1', format: 'pem' }).toString();
const lines = pem.trimEnd().split('\n');
const base64 = (text: string) => Buffer.from(text).toString('base64');

function wrapped(text: string, width = 64): string {
  return text.match(new RegExp(`.{1,${width}}`, 'g'))?.join('\n') ?? '';
}

function block(label: string, body: string): string {
  return `-----BEGIN ${label}-----\n${wrapped(body)}\n-----END ${label}-----\n`;
}

/** A block as keys that were made unusable have it: letters drawn at random. */
const drawn = (label: string) => block(label, sampleOf([run(BASE64, 800)], label));

describe('a private key among other text', () => {
  it.each([
    ['numbered', lines.map((line, index) => `${index + 1}  ${line}`).join('\n')],
    ['in a log', lines.map((line) => `2026-01-02T10:00:00Z ${line}`).join('\n')],
    ['in strings with a prefix', lines.map((line) => `b'${line}\\n'`).join('\n')],
    ['joined with a constant for the break', lines.map((line) => `"${line}" & vbCrLf`).join(' & _\n')],
    ['joined with a property for the break', lines.map((line) => `"${line}" + Environment.NewLine`).join(' +\n')],
    ['written by echo', lines.map((line) => `echo "${line}" >> id`).join(' && \\\n')],
    ['added by a patch', lines.map((line) => `+${line}`).join('\n')],
    ['removed by a patch', lines.map((line) => `-${line}`).join('\n')],
    ['in comments of SQL', lines.map((line) => `-- ${line}`).join('\n')],
    ['in paragraphs', lines.map((line) => `<p>${line}</p>`).join('\n')],
    ['with line breaks of HTML', lines.join('<br/>')],
    ['with escapes of HTML', pem.replaceAll('\n', '&#xA;').replaceAll('+', '&#43;').replaceAll('=', '&#x3D;')],
    ['with escapes of JSON', JSON.stringify(pem).replaceAll('+', '\\u002B').replaceAll('=', '\\u003D')],
    ['with octal escapes', pem.replaceAll('\n', '\\012')],
    ['in a URL', encodeURIComponent(pem)],
    ['in a form', new URLSearchParams({ key: pem }).toString()],
  ])('%s', (_, text) =>
    expect(verdictsIn('/srv/x', text)).toEqual([
      { ruleId: /BEGIN RSA/.test(text) ? 'private-key-rsa-pem' : 'private-key-in-url', verdict: 'proven' },
    ]),
  );
});

/** Texts that a compiler put side by side. */
const namesOfProgram =
  'AbortSignalAbsoluteSensorArrayBufferAudioContextBigInt64ArrayCanvasGradientClipboardItemCustomEventDataView' +
  'DOMExceptionEventSourceFontFaceSetGamepadButtonHTMLVideoElementIDBKeyRangeJSONKeyframeEffectLockManagerMathML' +
  'NodeFilterOffscreenCanvasPannerNodeQuotaReadableStreamSharedWorkerTextDecoderUint8ArrayVTTCueWebGL2XPathResult';

describe('a private key that does not decode', () => {
  it.each([
    ['with letters drawn at random', drawn('RSA PRIVATE KEY'), 'private-key-rsa-pem'],
    ['without its end', lines.slice(0, 8).join('\n'), 'private-key-rsa-pem'],
    ['without its end, in a source text', `key = \`${lines.slice(0, 8).join('\n')}\`;\n`, 'private-key-rsa-pem'],
    ['with lines left out', [...lines.slice(0, 5), '[...]', ...lines.slice(-4)].join('\n'), 'private-key-rsa-pem'],
    ['of an old version of PGP', drawn('PGP SECRET KEY BLOCK'), 'private-key-pgp'],
    ['of hex digits', block('EC PRIVATE KEY', sampleOf([run(HEX, 256)], 'hex')), 'private-key-ec-pem'],
    ['of another kind', drawn('X25519 PRIVATE KEY'), 'private-key-other-pem'],
    ['in base64', `tls.key: ${base64(drawn('RSA PRIVATE KEY'))}\n`, 'private-key-rsa-pem'],
    ['in base64 that is cut off', `tls.key: ${base64(pem).slice(0, 500)}`, 'private-key-rsa-pem'],
    [
      'in base64, wrapped and indented',
      `k: |\n  ${wrapped(base64(drawn('EC PRIVATE KEY'))).replaceAll('\n', '\n  ')}\n`,
      'private-key-ec-pem',
    ],
    [
      'in base64 whose letters were replaced',
      `KEY="${base64('-----BEGIN PRIVATE KEY-----')}${sampleOf([run(BASE64, 900)], 'k')}"`,
      'private-key-base64',
    ],
    [
      'in base64 but for its first letters',
      `client-key-data: ${base64('-----BEGIN ').slice(0, 14)}${sampleOf([run(BASE64, 900)], 'k')}`,
      'private-key-base64',
    ],
  ])('%s', (_, text, ruleId) => expect(verdictsIn('/srv/x.yaml', text)).toEqual([{ ruleId, verdict: 'contextual' }]));

  it('but is a placeholder where its letters were not drawn', () =>
    expect(
      [
        block('RSA PRIVATE KEY', 'x'.repeat(128)),
        block('RSA PRIVATE KEY', 'abcdefghij'.repeat(12)),
        block('PRIVATE KEY', base64('this is no private key but a text that stands for one in these tests')),
        block('PRIVATE KEY', 'Put the contents of your own private key here and keep it to yourself, please'),
        base64(block('RSA PRIVATE KEY', 'x'.repeat(128))),
        '-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----',
        '-----BEGIN RSA PRIVATE KEY-----\n<key>\n-----END RSA PRIVATE KEY-----',
        lines.slice(0, 2).join('\n'),
        '/-----BEGIN RSA PRIVATE KEY-----[\\s\\S]+-----END RSA PRIVATE KEY-----/',
        `tls.crt: ${base64(drawn('CERTIFICATE'))}`,
        `-----BEGIN PGP PRIVATE KEY BLOCK-----${namesOfProgram}`,
      ].flatMap((text) => verdictsIn('/srv/x', text)),
    ).toEqual([]));
});

describe('a private key in base64', () => {
  it.each([
    ['wrapped and indented', `k: |\n    ${wrapped(base64(pem)).replaceAll('\n', '\n    ')}\nnext: 1\n`],
    ['wrapped in a JSON text', JSON.stringify({ key: wrapped(base64(pem), 76) })],
    [
      'in strings',
      wrapped(base64(pem))
        .split('\n')
        .map((line) => `  "${line}"`)
        .join(' +\n'),
    ],
    ['twice', `KEY=${base64(base64(pem))}`],
    ['ahead of the next name', `ca: ${base64(`${pem}${'\n'.repeat(3 - (pem.length % 3))}`)}\nname: x\n`],
  ])('%s', (_, text) =>
    expect(verdictsIn('/srv/x', text)).toEqual([{ ruleId: 'private-key-rsa-pem', verdict: 'proven' }]),
  );
});

describe('a private key in XML', () => {
  const jwk = new Map(Object.entries(rsa.export({ format: 'jwk' })));
  const number = (name: string, member: string) =>
    `<${name}>${Buffer.from(String(jwk.get(member)), 'base64url').toString('base64')}</${name}>`;
  const numbers = Object.entries({
    Modulus: 'n',
    Exponent: 'e',
    P: 'p',
    Q: 'q',
    DP: 'dp',
    DQ: 'dq',
    InverseQ: 'qi',
    D: 'd',
  });
  const xml = `<RSAKeyValue>\n  ${numbers.map(([name, member]) => number(name, member)).join('\n  ')}\n</RSAKeyValue>`;

  it.each([
    ['as it stands', xml],
    ['escaped', xml.replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    ['in a JSON text', JSON.stringify(xml).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')],
  ])('%s', (_, text) =>
    expect(verdictsIn('/srv/x.xml', text)).toEqual([{ ruleId: 'private-key-rsa-xml', verdict: 'proven' }]),
  );

  it('but not its public half', () =>
    expect(
      verdictsIn('/srv/x.xml', `<RSAKeyValue>${number('Modulus', 'n')}<Exponent>AQAB</Exponent></RSAKeyValue>`),
    ).toEqual([]));
});
