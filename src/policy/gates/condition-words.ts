import type { Analysis } from '../../model/analysis.ts';
import { imageBytes, missingLabels } from './conditions.ts';
import type { Comparison, Gate } from './policy.ts';

/** What a gate about the image or the database asks, in words, with what the image has: for gates without a message. */
export function conditionWords(
  { on, when }: Gate,
  { image, bundle, waste }: Pick<Analysis, 'image' | 'bundle' | 'waste'>,
): string {
  const { layers } = image;
  const missing = missingLabels(when, image);
  const words =
    on === 'image'
      ? [
          when.osEndOfLife === undefined ? '' : `the distro is ${when.osEndOfLife ? '' : 'not '}past its end of life`,
          when.root === undefined ? '' : `the container ${when.root ? 'runs' : 'does not run'} as root`,
          missing.length === 0 ? '' : `no label ${missing.join(', ')}`,
          ...built('by', when.notBuiltBy, image),
          ...built('from', when.notBuiltFrom, image),
          compared('layers', when.layers, layers.length),
          compared('bytes', when.bytes, imageBytes(image)),
          compared('wasted bytes', when.wastedBytes, waste.bytes),
          compared('efficiency', when.efficiency, Number(waste.efficiency.toFixed(3))),
        ]
      : [
          compared('days since its oldest source was captured', when.ageDays),
          when.expired === undefined ? '' : `the bundle has ${when.expired ? '' : 'not '}expired`,
          when.starter === undefined ? '' : `${when.starter ? 'only' : 'more than'} the starter set was used`,
          when.noData !== true || bundle === undefined ? '' : `no advisories for ${image.os.prettyName}`,
        ];
  return words.filter((word) => word !== '').join(' and ');
}

function built(
  how: string,
  wanted: Gate['when']['notBuiltBy'],
  { provenance = [] }: Analysis['image'],
): readonly string[] {
  if (wanted === undefined) return [];
  const stated = provenance.some(({ signed }) => signed) ? 'signed' : 'no signed';
  return [`not built ${how} ${wanted.map(({ source }) => source).join(', ')} (${stated} provenance)`];
}

function compared(what: string, comparison: Comparison | undefined, value?: number): string {
  if (comparison === undefined) return '';
  return `${what} ${comparison.operator}${comparison.value}${value === undefined ? '' : ` (it has ${value})`}`;
}
