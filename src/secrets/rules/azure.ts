import { isDrawn } from '../plausible.ts';
import type { Judgement, SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, BASE64, BASE64URL, charSet } from '../shapes/char-set.ts';
import { commandRule } from '../shapes/command.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';
import { holdsWords } from '../words.ts';

const SPECIFICATION = 'https://github.com/microsoft/security-utilities/blob/main/docs/IdentifiableKeys.md';

/** Signature at a fixed offset, bytes before and after it; the last bytes are a Marvin checksum whose seed is not public for all of them. */
const SIGNED = [
  ['azure-storage-key', 'Azure Storage account key', '+ASt', 76, 4, '=='],
  ['azure-batch-key', 'Azure Batch account key', '+ABa', 76, 4, '=='],
  ['azure-cosmos-key', 'Azure Cosmos DB key', 'ACDb', 76, 4, '=='],
  ['azure-service-bus-key', 'Azure Service Bus key', '+ASb', 33, 6, '='],
  ['azure-event-hub-key', 'Azure Event Hubs key', '+AEh', 33, 6, '='],
  ['azure-relay-key', 'Azure Relay key', '+ARm', 33, 6, '='],
  ['azure-iot-hub-key', 'Azure IoT Hub key', 'AIoT', 33, 6, '='],
  ['azure-redis-key', 'Azure Cache for Redis key', 'AzCa', 33, 6, '='],
  ['azure-search-key', 'Azure AI Search key', 'AzSe', 42, 6, ''],
  ['azure-container-registry-key', 'Azure Container Registry key', '+ACR', 42, 6, ''],
  ['azure-functions-key', 'Azure Functions key', 'AzFu', 44, 6, '=='],
] as const;

/** How the key of every storage emulator begins. https://learn.microsoft.com/azure/storage/common/storage-use-azurite */
const EMULATOR_KEY = ['Eby8vdM02x', 'NOcqFlqUwJPLlmEtl'].join('');

export const rules: readonly SecretRule[] = [
  commandRule({
    id: 'azure-storage-spark-key',
    title: 'Azure Storage account key in a setting of Hadoop',
    severity: 'critical',
    specification: 'https://hadoop.apache.org/docs/stable/hadoop-azure/index.html',
    anchors: ['fs.azure.account.key.'],
    pattern: /^[\w.-]{1,120}["']?\]?(?:\s{0,4}[,=:>]{0,2}\s{0,4}["']?|<\/name>\s{0,16}<value>)([A-Za-z0-9+/]{86}==)/,
    accepts: isDrawn,
    hit: `spark.conf.set("fs.azure.account.key.shop.dfs.core.windows.net", "${sampleOf([run(BASE64, 86)], 'spark')}==")`,
    miss: 'spark.conf.set("fs.azure.account.key.shop.dfs.core.windows.net", dbutils.secrets.get("a", "b1"))',
  }),
  ...SIGNED.map(([id, title, signature, before, after, padding]) =>
    tokenRule({
      id,
      title,
      specification: SPECIFICATION,
      severity: 'critical',
      prefixes: [signature],
      before: [run(before === 42 ? BASE62 : BASE64, before)],
      parts: [run(BASE64, after), padding],
      body: (token) => token.slice(0, before),
    }),
  ),
  tokenRule({
    id: 'azure-common-key',
    title: 'Azure key (common annotated form)',
    specification: SPECIFICATION,
    severity: 'critical',
    prefixes: ['JQQJ99', 'JQQJ9'],
    before: [run(BASE62, 52)],
    parts: [run(BASE62, 25, 27)],
    check: (token) =>
      /JQQJ9[9-]?[A-Z0-9]/.test(token) && token.length === 84
        ? { verdict: 'structured', proof: `allocated ${allocated(token)}` }
        : undefined,
    body: (token) => token.slice(0, 52),
    samples: {
      hits: () => [
        `KEY=${sampleOf([run(BASE62, 52)], 'azure')}JQQJ99BFACAAAAA${sampleOf([run(BASE62, 6)], 'x')}AZDO${sampleOf([run(BASE62, 7)], 'y')}\n`,
      ],
      misses: () => ['JQQJ99', `${sampleOf([run(BASE62, 40)], 'azure')}JQQJ99BFAC`],
    },
  }),
  tokenRule({
    id: 'azure-devops-pat',
    title: 'Azure DevOps personal access token',
    specification: SPECIFICATION,
    prefixes: ['AZDO'],
    before: [run(BASE62, 76)],
    parts: [run(BASE62, 4)],
    body: (token) => token.slice(0, 52),
  }),
  tokenRule({
    id: 'azure-ad-client-secret',
    title: 'Microsoft Entra client secret',
    specification: 'https://learn.microsoft.com/entra/identity-platform/howto-create-service-principal-portal',
    prefixes: ['7Q~', '8Q~'],
    before: [run(charSet('secret', '0-9A-Za-z_~.-'), 3)],
    parts: [run(charSet('secret', '0-9A-Za-z_~.-'), 31, 34)],
  }),
  assignedRule({
    id: 'azure-storage-account-key',
    title: 'Azure Storage account key (connection string)',
    words: ['accountkey', 'account_key', 'storage_key', 'storagekey', 'storage_account_key'],
    names: [],
    value: [run(BASE64, 60, 86), '=='],
    severity: 'critical',
    check: (value) =>
      value.startsWith(EMULATOR_KEY)
        ? { verdict: 'structured', suppressed: 'published-example' }
        : { verdict: 'contextual' },
  }),
  assignedRule({
    id: 'azure-shared-access-key',
    title: 'Azure shared access key',
    words: ['sharedaccesskey', 'sharedaccesskeyvalue', 'shared_access_key'],
    names: [],
    value: [run(BASE64, 43), '='],
    severity: 'critical',
  }),
  assignedRule({
    id: 'azure-sas-signature',
    title: 'Azure shared access signature',
    words: ['&sig', '?sig', 'sharedaccesssignature'],
    names: [],
    value: [run(charSet('sas', '0-9A-Za-z%/+_-'), 43, 60)],
    check: sas,
    samples: {
      hits: () => [
        `https://x.blob.core.windows.net/c?sv=2022-11-02&se=2030-01-01&sp=r&sig=${sampleOf([run(BASE62, 43)], 'sas')}%3D\n`,
      ],
      misses: () => ['https://x.blob.core.windows.net/c?sv=2022-11-02&sig=\n', '?sig=short\n'],
    },
  }),
  assignedRule({
    id: 'azure-search-admin-key',
    title: 'Azure AI Search admin key',
    words: ['azure_search', 'azuresearch', 'search_admin'],
    value: [run(BASE62, 52)],
  }),
  assignedRule({
    id: 'azure-app-configuration-secret',
    title: 'Azure App Configuration secret',
    words: [';secret'],
    names: [],
    value: [run(BASE64, 43), '='],
  }),
  assignedRule({
    id: 'azure-devops-legacy-pat',
    title: 'Azure DevOps personal access token (52 letters)',
    words: ['azure_devops', 'azure devops', 'personalaccesstoken', 'vsts', 'azdo', 'ado_pat', 'system_accesstoken'],
    names: [],
    value: [run(charSet('base32', 'a-z2-7'), 52)],
  }),
  assignedRule({
    id: 'azure-function-host-key',
    title: 'Azure Functions host key',
    words: ['x-functions-key', '?code'],
    names: [],
    value: [run(BASE64URL, 54), '=='],
  }),
  assignedRule({
    id: 'azure-openai-key',
    title: 'Azure OpenAI or Cognitive Services key',
    words: ['azure_openai', 'cognitive', 'ocp-apim-subscription', 'azureopenai'],
    names: [],
    value: [run(charSet('hex', '0-9a-f'), 32)],
  }),
];

function sas(value: string): Judgement | undefined {
  if (!/[0-9]/.test(value) || holdsWords(value)) return undefined;
  return /%3[dD]$|[A-Za-z0-9+/]{43}|^[A-Za-z0-9_-]{43}$/.test(value) ? { verdict: 'contextual' } : undefined;
}

/** Year and month stand as one letter each after the mark. */
function allocated(token: string): string {
  const year = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(token.charAt(58));
  const month = 'ABCDEFGHIJKL'.indexOf(token.charAt(59));
  return year < 0 || month < 0
    ? 'at a date that does not decode'
    : `${2024 + year}-${String(month + 1).padStart(2, '0')}`;
}
