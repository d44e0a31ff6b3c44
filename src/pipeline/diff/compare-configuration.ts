import type { ImageReport } from '../../model/image.ts';
import type { ConfigurationDifference } from '../../model/image-diff.ts';

type Config = ImageReport['config'];
type Field = ConfigurationDifference['field'];
type Value = string | readonly string[];

/** What differs between two image configurations. Values are those of the report, which the redactor has passed. */
export function compareConfiguration(before: Config, after: Config): readonly ConfigurationDifference[] {
  const named = (field: Field, left: ReadonlyMap<string, Value>, right: ReadonlyMap<string, Value>) =>
    [...new Set([...left.keys(), ...right.keys()])]
      .sort()
      .flatMap((name) => difference(field, { name, before: left.get(name), after: right.get(name) }));
  const listed = (field: Field, left: readonly string[], right: readonly string[]) =>
    named(field, new Map(left.map((name) => [name, ''])), new Map(right.map((name) => [name, '']))).map(
      ({ before: _before, after: _after, ...row }) => row,
    );
  return [
    ...difference('user', { before: before.user, after: after.user }),
    ...difference('workingDir', { before: before.workingDir, after: after.workingDir }),
    ...difference('entrypoint', { before: before.entrypoint, after: after.entrypoint }),
    ...difference('cmd', { before: before.cmd, after: after.cmd }),
    ...listed('port', before.ports, after.ports),
    ...listed('volume', before.volumes ?? [], after.volumes ?? []),
    ...listed('env', before.envNames, after.envNames),
    ...named('label', new Map(Object.entries(before.labels)), new Map(Object.entries(after.labels))),
  ];
}

/** An empty value is none: builders write both. */
function difference(
  field: Field,
  values: { readonly name?: string; readonly before: Value | undefined; readonly after: Value | undefined },
): readonly ConfigurationDifference[] {
  const isNamed = values.name !== undefined;
  const [before, after] = [values.before, values.after].map((value) =>
    !isNamed && value?.length === 0 ? undefined : value,
  );
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [
    {
      field,
      ...(values.name === undefined ? {} : { name: values.name }),
      change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ];
}
