/**
 * First 16 hex digits of the SHA-256 of public keys whose private half is published: test fixtures of libraries,
 * vectors of standards, defaults of products. Printed by scripts/list-test-keys.ts over the sources of the Go and
 * Python standard libraries, GnuTLS, OpenSSL and common packages.
 */
const DIGESTS = [
  '020a47c329ecdda3 027af72e364af185 0dbb921796bc7372 1186f7b1e47bcde5 131880fe40b37cb4 1bdcf29b5883b06a',
  '1fb208280d6c01af 2099591a89d1f525 20b7b5dc21768a32 215fde895c12883e 226acd9b52f57319 278670fcbd09ff7c',
  '284ed085178654ee 2e984af2cc8e11a0 2ee7ac2500ad97e8 37e7a68345ac2be1 3b2046e71265c02c 3ec096efcd2e450e',
  '411a6612528417de 422cf7d337b4f8cf 43c504bfcb7a9b80 45548d93fa109315 4a9106a002dbe82b 4e8d37b65c41c251',
  '4f4fdc7631659ff4 5034d9eaf25118bb 537cf23cd1913ea2 567618bd1a32f855 5a6621d2a6bb1fb6 5a9214aa789ffe02',
  '5bd7bad40971be90 5cb26519a4c9e48e 5ffca840adc4ff4b 661482a60b84f909 6abc29c310d9c042 6d30086c94b3b074',
  '6d8a861f2b0db354 6e1900f654edb2e5 722a92639c2fd8a4 7312874490966150 76f5f6aa06f0d3ff 79d55b62f14e34e0',
  '7ae1e59aa994884c 80d16dd09f339647 8431ab0d14021610 8696b9761bc2c58c 87e4827685832efe 93dcb1660aa89264',
  '965237ca6ba83673 995d663d7e12e931 a542a20079ceb177 ab8f5783eb9232e4 b003879c8e611639 b1a7f4c236dc1e0d',
  'b326987a5c2a13a8 be98e6210a85b7e8 c305f632b9f12913 ca8d208575589bb2 cca3ab249f3fcade cef7b5c2f3b1f5bf',
  'd3212c4f046f47a2 d9aaacdecccfdf1a dd0701715ac41b7b df6b371e80f37605 e391c019a129c79d eac4d2aa480abfc8',
  'ef5ee52829413aea f0365bbc34a1479b f508ea35fdc0ad6e f5ecac4537a6432f f6c9977bd35247da f7fa6aa81a73361c',
  'fa8982e13e35f2ed fc7575b99276181d fcb19331506f56cb fecee10b5a9b8811',
];

export const PUBLISHED_TEST_KEYS: ReadonlySet<string> = new Set(DIGESTS.flatMap((line) => line.split(' ')));
