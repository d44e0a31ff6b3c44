/**
 * Holds the documents to the tree: relative links lead somewhere, the command table of README.md lists every command,
 * docs/errors.md every error code, docs/limits.md every limit, and ARCHITECTURE.md every source folder.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { COMMAND_SUMMARIES } from '../src/cli/commands.generated.ts';
import { ERROR_CODES } from '../src/errors.ts';
import { DEFAULT_LIMITS } from '../src/limits.ts';

const root = join(import.meta.dirname, '..');
const faults: string[] = [];

for (const file of markdownFiles()) {
  const text = readFileSync(file, 'utf8').replace(/```[\s\S]*?```/g, '');
  for (const [, target = ''] of text.matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target) || target.startsWith('#')) continue;
    const path = join(dirname(file), target.split('#')[0] ?? '');
    if (!existsSync(path)) faults.push(`${relative(root, file)}: link to ${target} leads nowhere`);
  }
}
mustMention(
  'README.md',
  COMMAND_SUMMARIES.map(([name]) => `plimsoll ${name}`),
);
const codes = [...new Set([...Object.keys(ERROR_CODES), ...problemCodes()])];
mustMention(
  'docs/errors.md',
  codes.map((code) => `\`${code}\``),
);
mustMention(
  'docs/limits.md',
  Object.keys(DEFAULT_LIMITS).map((name) => `\`${name}\``),
);
mustMention(
  'ARCHITECTURE.md',
  readdirSync(join(root, 'src'))
    .filter((name) => statSync(join(root, 'src', name)).isDirectory())
    .map((name) => `src/${name}`),
);

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;

function mustMention(file: string, words: readonly string[]): void {
  const path = join(root, file);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  for (const word of words) if (!text.includes(word)) faults.push(`${file}: does not mention ${word}`);
}

/** Codes that the source states as whole string literals. */
function problemCodes(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...readFileSync(join(root, 'src', name), 'utf8').matchAll(/'(PLM_[A-Z_]+[A-Z])'/g)])
    .map(([, code = '']) => code);
}

function markdownFiles(): string[] {
  const folders = ['', 'docs', 'bench', 'db-bundles', 'examples', 'schema'];
  return folders.flatMap((folder) => {
    const path = join(root, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path)
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(path, name));
  });
}
