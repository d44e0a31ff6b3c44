/** What a run tells while it works. Bytes are stored (compressed) bytes of layers. */
export interface Progress {
  readonly stage: 'open' | 'layers' | 'detect' | 'match' | 'report';
  readonly bytesDone: number;
  readonly bytesTotal: number;
}
export type OnProgress = (progress: Progress) => void;
