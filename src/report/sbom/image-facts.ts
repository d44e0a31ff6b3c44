import type { Analysis } from '../../model/analysis.ts';
import { jsonText } from '../json-text.ts';
import { REPORT, type Shape } from '../report-shape.ts';
import { inShape } from '../write-report.ts';
import { type Fact, fact } from './facts.ts';
import { imageProblems } from './image-problems.ts';

/** Facts of the image and of the run: with them, a scan of the SBOM reports the same image, layers and lost coverage. */
export function imageFacts(analysis: Analysis): Fact[] {
  const { layers, ...image } = analysis.image;
  const shape = imageShape();
  return [
    fact('format', '1'),
    fact('image', json(inShape(image, shape))),
    ...layers.map((layer) => fact('image:layer', json(inShape(layer, childShape(shape, 'layers'))))),
    ...imageProblems(analysis).map((problem) =>
      fact('problem', json(inShape(problem, childShape(REPORT, 'problems')))),
    ),
  ];
}

/** Without `<`, which could end a text of SPDX tag-value. */
function json(value: unknown): string {
  return jsonText(value).replaceAll('<', '\\u003c');
}

function imageShape(): Shape {
  return childShape(REPORT, 'image');
}

function childShape(shape: Shape, name: string): Shape {
  return typeof shape === 'string' ? 'value' : (shape.fields[name] ?? 'value');
}
