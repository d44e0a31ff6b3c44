import type { SecretRule } from '../rule.ts';
import { type CommandShape, commandRule, isPassword } from '../shapes/command.ts';

/** A statement about an account up to its password; a program's text may hold it. */
const ACCOUNT = /\b(?:create|alter)\s{1,4}(?:user|role|login)\b[^\n;]{0,80}$/i;

/** What MySQL stores of a password, since 4.1 and before. */
const HASH = /^(?:\*[0-9A-F]{40}|[0-9a-f]{16})$/;

const STATEMENTS: readonly CommandShape[] = [
  {
    id: 'sql-user-password',
    title: 'Password of an SQL user',
    words: ['identified by ', 'with password ', 'identified by password '],
    pattern: /^(?:=\s?)?["']([^"'\n]{6,100})["']/,
    accepts: (value) => isPassword(value) && !HASH.test(value),
    hit: "CREATE USER 'shop'@'%' IDENTIFIED BY 'q8Zm2xKd91';",
    miss: "CREATE USER shop IDENTIFIED BY 'password';",
  },
  {
    id: 'sql-set-password',
    title: 'Password set in SQL',
    words: ['password('],
    lead: /set\s{1,4}password[^\n;]{0,64}=\s{0,2}$/i,
    pattern: /^["']([^"'\n]{6,100})["']\)/,
    accepts: isPassword,
    hit: "SET PASSWORD FOR 'root'@'localhost' = PASSWORD('q8Zm2xKd91');",
    miss: "SELECT user FROM u WHERE hash = PASSWORD('q8Zm2xKd91');",
  },
  {
    id: 'sql-role-password',
    title: 'Password of an SQL role',
    specification: 'https://www.postgresql.org/docs/current/sql-createrole.html',
    words: [' password '],
    lead: ACCOUNT,
    pattern: /^(?:=\s{0,2})?(?:\\?["'])?([^\s"'`;\\)]{6,100})(?=["'`;\\)\s]|$)/,
    accepts: isDrawn,
    hit: "ALTER ROLE shop LOGIN PASSWORD 'q8Zm2xKd91';",
    miss: "CREATE ROLE shop LOGIN PASSWORD '$SHOP_PASS1';",
  },
  {
    id: 'sql-plugin-password',
    title: 'Password of an SQL user whose plugin is named',
    specification: 'https://dev.mysql.com/doc/refman/8.4/en/create-user.html',
    words: ['identified with '],
    pattern: /^["'`]?[a-z]\w{2,40}["'`]?\s{1,4}by\s{1,4}\\?["']([^"'\n\\]{6,100})\\?["']/i,
    accepts: isPassword,
    hit: "ALTER USER 'shop'@'%' IDENTIFIED WITH caching_sha2_password BY 'q8Zm2xKd91';",
    miss: "ALTER USER 'shop'@'%' IDENTIFIED WITH caching_sha2_password BY 'password';",
  },
  {
    id: 'sql-bare-password',
    title: 'Password of an SQL user, not quoted',
    specification: 'https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/CREATE-USER.html',
    words: ['identified by '],
    lead: ACCOUNT,
    pattern: /^([A-Za-z0-9][\w#$!]{5,60})(?=[\s;"'\\)]|$)/,
    accepts: isDrawn,
    hit: 'CREATE USER shop IDENTIFIED BY q8Zm2xKd91;',
    miss: 'CREATE USER shop IDENTIFIED BY password_of_shop;',
  },
  {
    id: 'sql-hashed-password',
    title: 'Password hashed by the statement that stores it',
    words: ['password(', 'password ('],
    lead: /(?:authentication_string\s{0,2}=\s{0,2}|mysql\.user[^\n;]{0,60}[\s,(])$/i,
    pattern: /^["']([^"'\n]{6,100})["']\s{0,2}\)/,
    accepts: isPassword,
    hit: "UPDATE mysql.user SET authentication_string=PASSWORD('q8Zm2xKd91') WHERE User='root';",
    miss: "SELECT user FROM u WHERE hash = PASSWORD('q8Zm2xKd91');",
  },
];

export const rules: readonly SecretRule[] = STATEMENTS.map(commandRule);

/** A name may stand where a value is not quoted: only what mixes digits and both cases, or signs, is a password. */
function isDrawn(value: string): boolean {
  return isPassword(value) && /[0-9]/.test(value) && /[A-Z]|[^\w]/.test(value) && /[a-z]/.test(value);
}
