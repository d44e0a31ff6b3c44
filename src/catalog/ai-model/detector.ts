import { damaged } from '../../detect/damaged.ts';
import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
import { parseGguf } from './parse-gguf.ts';
import { parseSafetensors } from './parse-safetensors.ts';
import { toPackage } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'ai-model/gguf',
    title: 'Model files in GGUF',
    specification: 'https://github.com/ggml-org/ggml/blob/master/docs/gguf.md',
    packageTypes: ['generic'],
    select: [{ suffix: '.gguf' }],
    detect: (file) => report(file, 'gguf', parseGguf(file.bytes())),
  },
  {
    id: 'ai-model/safetensors',
    title: 'Model files in safetensors',
    specification: 'https://huggingface.co/docs/safetensors/index#format',
    packageTypes: ['generic'],
    select: [{ suffix: '.safetensors' }],
    detect: (file, context: DetectContext) =>
      report(file, 'safetensors', parseSafetensors(file.bytes(), context.limits.jsonDepth)),
  },
];

function* report(
  file: FileView,
  format: 'gguf' | 'safetensors',
  facts: ReadonlyMap<string, string> | undefined,
): Iterable<Observation> {
  if (facts === undefined) yield damaged('the header of this model file is damaged: the model is not listed');
  else yield { kind: 'package', package: toPackage(file.path, format, facts) };
}
