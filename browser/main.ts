import type { ReportData } from '../src/report/html/report-data.ts';
import { section } from './dom.ts';
import { showFindings } from './findings.ts';
import { showLayers } from './layers.ts';
import { showFiles, showLicences, showPackages, showSecrets } from './lists.ts';

/** The data block is written by us beside this script; its shape is `ReportData`. */
function readData(): ReportData {
  return JSON.parse(section('data').textContent ?? '');
}

function start(): void {
  const data = readData();
  const tables = [
    ...(data.findings.length > 0 ? [showFindings(data)] : []),
    ...(data.secrets.length > 0 ? [showSecrets(data)] : []),
    ...(data.files.length > 0 ? [showFiles(data)] : []),
    ...(data.packages.length > 0 ? [showPackages(data)] : []),
    ...(data.licenses.length > 0 ? [showLicences(data)] : []),
  ];
  showLayers(data);
  window.addEventListener('beforeprint', () => {
    for (const table of tables) table.expand(true);
  });
  window.addEventListener('afterprint', () => {
    for (const table of tables) table.expand(false);
  });
  themeButton();
  markCurrentSection();
  document.documentElement.classList.add('ready');
}

function themeButton(): void {
  const button = section('theme');
  button.hidden = false;
  button.addEventListener('click', () => {
    const dark =
      document.documentElement.dataset['theme'] ??
      (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
    document.documentElement.dataset['theme'] = dark === 'dark' ? 'light' : 'dark';
  });
}

/** Marks the part of the page in view in the navigation. */
function markCurrentSection(): void {
  const links = new Map(
    [...document.querySelectorAll<HTMLAnchorElement>('nav a')].map((link) => [link.hash.slice(1), link]),
  );
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const [id, link] of links) {
          if (id === entry.target.id) link.setAttribute('aria-current', 'true');
          else link.removeAttribute('aria-current');
        }
      }
    },
    { rootMargin: '-20% 0px -70% 0px' },
  );
  for (const id of links.keys()) observer.observe(section(id));
}

start();
