import { lines } from '../../bytes/lines.ts';

/** What is wrong with an account file; names and numbers only, never a password field. */
export interface AccountFact {
  readonly name: 'account-empty-password' | 'account-duplicate';
  readonly value: string;
}

/**
 * Empty passwords and shared names or numbers of passwd(5), shadow(5) and group(5) files, in the order of the file, each
 * once.
 * https://man7.org/linux/man-pages/man5/shadow.5.html
 */
export function* parseAccounts(path: string, text: string): Generator<AccountFact> {
  const said = new Set<string>();
  for (const fact of accountFacts(path, text)) {
    if (said.has(fact.value)) continue;
    said.add(fact.value);
    yield fact;
  }
}

function* accountFacts(path: string, text: string): Generator<AccountFact> {
  const names = new Set<string>();
  const numbers = new Map<string, string>();
  const isGroup = path.endsWith('/group');
  for (const line of lines(text)) {
    const fields = line.split(':');
    const [name, password, number] = fields;
    if (name === undefined || name === '' || password === undefined || !/^[A-Za-z0-9_][A-Za-z0-9_.$-]*$/.test(name))
      continue;
    // An empty group password locks the group: only accounts are open to everyone.
    if (password === '' && !isGroup) yield { name: 'account-empty-password', value: name };
    if (names.has(name))
      yield { name: 'account-duplicate', value: `${isGroup ? 'group' : 'account'} ${name} is listed twice` };
    names.add(name);
    if (path.endsWith('/shadow') || number === undefined || !/^\d+$/.test(number)) continue;
    const first = numbers.get(number);
    if (first !== undefined && first !== name) {
      yield {
        name: 'account-duplicate',
        value: `${isGroup ? 'groups' : 'accounts'} ${first} and ${name} share number ${number}`,
      };
    }
    numbers.set(number, first ?? name);
  }
}
