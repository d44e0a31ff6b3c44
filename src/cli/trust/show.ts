import { readRootFile } from '../../bundle/open-bundle.ts';
import { NODE_FILE_SYSTEM } from '../../bundle/store/file-system.ts';
import { storePaths } from '../../bundle/store/store-layout.ts';
import { readTrustedRoots } from '../../bundle/store/trust-store.ts';
import type { Role } from '../../bundle/trust/dsse.ts';
import { type Revocation, rootFingerprint } from '../../bundle/trust/root.ts';
import type { RootRecord } from '../../bundle/trust/root-chain.ts';
import { PlimsollError } from '../../errors.ts';
import { stringOf } from '../arguments.ts';
import { storeOf, storeOption } from '../db/db-arguments.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';

/** `plimsoll trust show`: the roots of a file or a store. */
export const show: Subcommand = {
  usage: 'show',
  summary: 'roots, fingerprints and keys of a root file or a store',
  options: (argv) =>
    jsonOption(storeOption(argv)).option('root', {
      type: 'string',
      describe: 'root.json to show (default: what the store trusts)',
    }),
  run(args) {
    const file = stringOf(args, 'root');
    const chain =
      file === undefined ? readTrustedRoots(NODE_FILE_SYSTEM, storePaths(storeOf(args))) : readRootFile(file);
    if (chain.length === 0)
      throw new PlimsollError('PLM_TRUST_ROOT', 'the store trusts no root yet', {
        path: storeOf(args),
        hint: 'give --root root.json to look at a file, or run plimsoll trust init',
      });
    if (args['format'] === 'json') writeJson({ roots: chain.map(rootJson) });
    else process.stdout.write(chain.map(rootText).join('\n'));
    return 0;
  },
};

function rootJson({ root, document }: RootRecord) {
  const { authority, channels, version, issued, expires, epoch, revoked, minimumSequence } = root;
  return {
    authority,
    channels,
    version,
    issued,
    expires,
    epoch,
    fingerprint: rootFingerprint(document),
    roles: { root: roleJson(root.rootRole), release: roleJson(root.releaseRole) },
    revoked,
    minimumSequence,
  };
}

function roleJson({ keys, threshold, algorithms }: Role) {
  return { keys: keys.map((key) => key.id), threshold, algorithms };
}

function rootText({ root, document }: RootRecord): string {
  const lines = [
    `${root.authority} version ${root.version}, epoch ${root.epoch}, ${root.issued} to ${root.expires}`,
    `  fingerprint ${rootFingerprint(document)}`,
    `  channels ${root.channels.join(', ')}`,
    ...roleLines('root', root.rootRole),
    ...roleLines('release', root.releaseRole),
    ...root.revoked.map((revocation) => `  revoked ${revocationText(revocation)}`),
  ];
  return lines.map((line) => `${printable(line)}\n`).join('');
}

function roleLines(name: string, role: Role): string[] {
  return [
    `  ${name}: ${role.threshold} of ${role.keys.length}, each ${role.algorithms.join(' and ')}`,
    ...role.keys.map((key) => `    ${key.id}`),
  ];
}

function revocationText(revocation: Revocation): string {
  return 'contentId' in revocation
    ? `content ${revocation.contentId}`
    : `epoch ${revocation.epoch}, sequences ${revocation.from} to ${revocation.to}`;
}
