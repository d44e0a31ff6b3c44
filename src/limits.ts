const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

/**
 * Every resource limit, each with the reason for its value. All are bytes or counts. Those of `Limits` can be
 * overridden by flags (`--limit name=value`).
 */
export const DEFAULT_LIMITS = {
  /** JSON documents of an image (index, manifest, config): real ones stay below 1 MiB, registries cap at 4 MiB. */
  manifestBytes: 8 * MIB,
  /** Nesting of any JSON document: real ones stay below 20; deeper ones exhaust recursive readers. */
  jsonDepth: 64,
  /** Layers of one image: overlayfs stops at 128, other builders at 500. */
  layers: 1000,
  /** Entries of one layer: the largest known (monorepo checkouts) hold a million. */
  layerEntries: 2_000_000,
  /** Entries of all layers together, and paths they make with the directories between: 150 bytes each, and a report beside them. */
  imageEntries: 2_000_000,
  /** Entries of the outer archive: blobs and links of many images. */
  archiveEntries: 200_000,
  /** Files of one kind that a report lists: each takes half a kilobyte. */
  listedFiles: 150_000,
  /** Bytes of the names of one layer, and of all paths of an image, each part counted once: a name has twenty. */
  nameBytes: 64 * MIB,
  /** Path length: Linux PATH_MAX. */
  pathBytes: 4096,
  /** Directories in one path. */
  pathDepth: 512,
  /** Bytes of the PAX or GNU extension records of one entry. */
  tarExtensionBytes: 1 * MIB,
  /** Uncompressed bytes of one layer. */
  layerBytes: 256 * GIB,
  /** Uncompressed over compressed bytes, once past `ratioFloorBytes`: text reaches 20-50, only runs of zeros pass 500 (deflate ends at 1032). Not higher: what was read ahead counts as stored. */
  compressionRatio: 500,
  /** A layer that is a zero-filled swap file or disk of a GiB or two is honest; more of nothing is a bomb. */
  ratioFloorBytes: 2 * GIB,
  /** zstd window: 128 MiB is what `zstd --long` writes; larger windows are refused before memory is asked for. */
  zstdWindowBytes: 128 * MIB,
  /** A file captured whole for a detector. */
  capturedFileBytes: 256 * MIB,
  /** Symlinks followed for one path: the kernel's own limit. */
  symlinkHops: 40,
  /** Archives within archives. */
  nestedDepth: 8,
  /** Members of one nested archive. */
  nestedMembers: 200_000,
  /** Uncompressed bytes of all members of one outer file, and of all small ones of a layer together. */
  nestedBytes: 4 * GIB,
  /** One member held in memory. */
  nestedMemberBytes: 256 * MIB,
  /** Packages and facts one file may name: the largest distribution has 70,000 binary packages, all of them in one image never. */
  packagesPerFile: 75_000,
  /** Places in all layers together that name a package: large images have a few thousand; each takes two kilobytes. */
  imagePackages: 100_000,
  /** Names that packages of a layer, and of all layers, need or provide: large images have a hundred thousand, of each package ten or twenty. */
  imageRelations: 1_250_000,
  /** Bytes that the file lists of packages take, of one layer and of all: lists of 700,000 files take fifty megabytes. */
  ownedFilesBytes: 128 * MIB,
  /** Secrets that are kept of one layer, and of all: large images have a few thousand, most of them generic; each takes a kilobyte. */
  layerSecrets: 75_000,
  /** Flaws of all packages together: old images with twenty packages of one kernel have a hundred thousand, each takes three kilobytes. */
  imageFindings: 150_000,
  /** Records of any kind one detector may make of one file: file lists run to hundreds of thousands. */
  observationsPerFile: 1_000_000,
  /** An SBOM given as input: fifty thousand components of Syft take 100 MB. */
  sbomBytes: 128 * MIB,
  /** Values of an SBOM in JSON that are kept: fifty thousand components have a million. Of XML a quarter as many tags are read, of both text forms half as many lines. */
  sbomValues: 2_000_000,
  /** A licence or notice text: the longest known, of browsers within programs, have twelve megabytes. */
  noticeTextBytes: 16 * MIB,
  /** All different licence and notice texts of one image, which are held at once: large images have ten megabytes. */
  noticesBytes: 64 * MIB,
  /** A policy, ignore, VEX or configuration file. */
  configBytes: 16 * MIB,
} as const;

/** Bytes of a report, or of a record of the archive, that this program wrote earlier. */
export const REPORT_BYTES = 512 * MIB;

export type LimitName = keyof typeof DEFAULT_LIMITS;
export type Limits = Readonly<Record<LimitName, number>>;

/** The defaults with some limits replaced. */
export function withLimits(overrides: Partial<Limits>): Limits {
  return { ...DEFAULT_LIMITS, ...overrides };
}
