import type { Analysis, HiddenFile } from '../../model/analysis.ts';
import { counted } from '../../model/counted.ts';
import type { FileSum, LayerChanges, LayersReport } from '../../model/layer-changes.ts';
import { describeBytes, instructionOf } from '../describe.ts';
import type { ReportOptions, TextSink } from '../format.ts';
import { createPage, type Page, shortenPath } from '../table/page.ts';
import { writeChangeTree } from './tree.ts';

const SHOWN_HIDDEN = 15;
const SHOWN_PROBLEMS = 10;
/** Children per directory and levels of the tree of one layer. */
const TREE = { perDirectory: 20, depth: 12 };
const COUNT_WIDTH = 9;

/** The layers of an image for a person: what each did, then what is hidden, then what may need a look. */
export function writeLayersTable(report: LayersReport, sink: TextSink, options: ReportOptions): void {
  const page = createPage(sink, options);
  writeHead(report, page);
  writeLayers(report, page);
  for (const layer of report.layers) {
    if (layer.changes === undefined) continue;
    page.heading(`Layer ${layer.index}  ${instruction(layer)}`);
    writeChangeTree(layer.changes, page, TREE);
  }
  writeHidden(report, page);
  writeNotable(report, page);
  writeGates(report, page);
  writeProblems(report, page);
}

function writeHead(report: LayersReport, page: Page): void {
  const { image, layers, waste } = report;
  const unpacked = layers.reduce((sum, layer) => sum + layer.uncompressedSize, 0);
  const { os, architecture } = image.platform;
  page.line(0, { text: image.ref ?? image.configDigest, style: page.colors.bold }, `  ${os}/${architecture}`);
  const parts = [
    counted(layers.length, 'layer'),
    `${describeBytes(unpacked)} unpacked`,
    `${describeBytes(waste.bytes)} hidden`,
    `efficiency ${(waste.efficiency * 100).toFixed(1)} %`,
  ];
  page.line(0, parts.join(' · '));
}

function writeLayers(report: LayersReport, page: Page): void {
  const head = ['added', 'changed', 'deleted'].map((name) => name.padStart(COUNT_WIDTH)).join('');
  page.heading(`  #      size${head}    hidden  instruction`);
  for (const layer of report.layers) {
    const { index, uncompressedSize, added, changed, deleted, hidden } = layer;
    page.line(
      0,
      `${index}`.padStart(3),
      describeBytes(uncompressedSize).padStart(10),
      { text: count(added), style: page.colors.green },
      { text: count(changed), style: page.colors.yellow },
      { text: count(deleted), style: page.colors.red },
      { text: (hidden.bytes === 0 ? '-' : describeBytes(hidden.bytes)).padStart(10), style: page.colors.dim },
      `  ${instruction(layer)}`,
    );
  }
}

function count({ files }: FileSum): string {
  return (files === 0 ? '-' : `${files}`).padStart(COUNT_WIDTH);
}

function instruction(layer: LayerChanges): string {
  return instructionOf(layer)?.replace(/\s+/g, ' ') ?? layer.diffId.slice(0, SHORT_DIGEST);
}

const SHORT_DIGEST = 'sha256:'.length + 12;

function writeHidden(report: LayersReport, page: Page): void {
  const files = [...report.files.deleted, ...report.files.overwritten];
  if (files.length === 0) return;
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  page.heading(
    `Hidden but still in the image: ${counted(files.length, 'file')}, ${describeBytes(bytes)} (largest first)`,
  );
  const largest = files.toSorted((left, right) => right.size - left.size || (left.path < right.path ? -1 : 1));
  for (const file of largest.slice(0, SHOWN_HIDDEN)) writeHiddenFile(file, page);
  writeRest(files.length - SHOWN_HIDDEN, page);
}

function writeHiddenFile(file: HiddenFile, page: Page): void {
  const size = describeBytes(file.size).padStart(10);
  const note = `  layer ${file.addedIn}, ${file.how} in ${file.removedIn}`;
  const path = shortenPath(file.path, page.columns - size.length - 2 - note.length);
  page.line(0, size, '  ', path, { text: note, style: page.colors.dim });
}

function writeNotable(report: LayersReport, page: Page): void {
  const lists = [
    ['setuid and setgid', report.files.setuid],
    ['file capabilities', report.files.capabilities],
    ['world-writable', report.files.worldWritable],
    ['devices', report.files.devices ?? []],
  ] as const;
  for (const [title, files] of lists) {
    if (files.length === 0) continue;
    page.heading(`${title[0]?.toUpperCase()}${title.slice(1)}: ${files.length}`);
    for (const file of files.slice(0, SHOWN_HIDDEN)) {
      const note = `  ${file.detail}, layer ${file.layer}${file.state === 'present' ? '' : `, ${file.state}`}`;
      const path = shortenPath(file.path, page.columns - 8 - note.length);
      page.line(2, `${file.mode}  `, path, { text: note, style: page.colors.dim });
    }
    writeRest(files.length - SHOWN_HIDDEN, page);
  }
}

function writeGates(report: LayersReport, page: Page): void {
  if (report.gates.length === 0) return;
  page.heading('Gates');
  for (const gate of report.gates) {
    const style = gate.passed ? page.colors.green : page.colors.red;
    page.line(2, { text: gate.passed ? 'passed' : 'FAILED', style }, `  ${gate.id}: ${gate.message}`);
  }
}

function writeProblems({ problems }: Pick<Analysis, 'problems'>, page: Page): void {
  if (problems.length === 0) return;
  page.heading('Coverage lost');
  for (const { code, layer, path, detail } of problems.slice(0, SHOWN_PROBLEMS)) {
    const place = [layer === undefined ? '' : `layer ${layer}`, path ?? ''].filter((part) => part !== '').join(' ');
    page.line(2, { text: code, style: page.colors.yellow }, place === '' ? '' : `  ${place}`);
    page.paragraph(4, detail);
  }
  writeRest(problems.length - SHOWN_PROBLEMS, page);
}

function writeRest(count: number, page: Page): void {
  if (count > 0) page.line(2, { text: `… ${count} more (--format json lists all)`, style: page.colors.dim });
}
