import type { GoModule } from './parse-modules.ts';

/** `-X path.name=value`, as the linker takes it: quoted or not, with a blank or `=` after the flag. */
const ASSIGNMENT =
  /-X[ =]+(?:'([^'\s=]{1,300})=([^']{1,200})'|"([^"\s=]{1,300})=([^"]{1,200})"|([^\s=]{1,300})=(\S{1,200}))/g;
const VARIABLE = /\.(?:app|build|git|program|release|module|product|current|cli)?_?version(?:string|_string)?$/i;
const VERSION = /^v?\d+\.\d+(?:\.\d+)?(?:[-+][0-9A-Za-z.+-]+)?$/;

/**
 * The version of a program whose module says `(devel)`: what its build wrote into a version variable of the main
 * package, else of the module's own packages. Undefined where nothing sound is there.
 */
export function stampedVersion(main: GoModule, linkerFlags: string): string | undefined {
  const stamped: { variable: string; value: string }[] = [];
  for (const match of linkerFlags.matchAll(ASSIGNMENT)) {
    const variable = match[1] ?? match[3] ?? match[5] ?? '';
    const value = match[2] ?? match[4] ?? match[6] ?? '';
    if (VARIABLE.test(variable) && VERSION.test(value)) stamped.push({ variable, value });
  }
  const own =
    stamped.find(({ variable }) => variable.startsWith('main.')) ??
    stamped.find(({ variable }) => variable.startsWith(main.path));
  if (own === undefined) return undefined;
  return own.value.startsWith('v') ? own.value : `v${own.value}`;
}
