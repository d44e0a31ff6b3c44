/**
 * The `security.capability` attribute as text, in the manner of cap_to_text(3): `cap_net_raw=ep`.
 * Layout: struct vfs_cap_data of <linux/capability.h>; all little endian.
 */

const REVISION_MASK = 0xff000000;
const REVISION_1 = 0x01000000;
const EFFECTIVE = 1;
const WORD_PAIR = 8;

/** Undefined where the value is too short or of an unknown revision. */
export function capabilityText(value: Uint8Array): string | undefined {
  if (value.length < 4 + WORD_PAIR) return undefined;
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  const magic = view.getUint32(0, true);
  const revision = ((magic & REVISION_MASK) >>> 0) / REVISION_1;
  if (revision < 1 || revision > 3) return undefined;
  const words = revision === 1 ? 1 : 2;
  if (value.length < 4 + words * WORD_PAIR) return undefined;
  const isEffective = (magic & EFFECTIVE) !== 0;
  const groups = new Map<string, string[]>();
  for (let bit = 0; bit < words * 32; bit += 1) {
    const at = 4 + (bit >> 5) * WORD_PAIR;
    const isPermitted = isSet(view, at, bit);
    const isInheritable = isSet(view, at + 4, bit);
    if (!isPermitted && !isInheritable) continue;
    const flags = `${isEffective ? 'e' : ''}${isInheritable ? 'i' : ''}${isPermitted ? 'p' : ''}`;
    groups.set(flags, [...(groups.get(flags) ?? []), NAMES[bit] ?? `cap_${bit}`]);
  }
  if (groups.size === 0) return '=';
  return [...groups].map(([flags, names]) => `${names.join(',')}=${flags}`).join(' ');
}

function isSet(view: DataView, at: number, bit: number): boolean {
  return ((view.getUint32(at, true) >>> (bit & 31)) & 1) === 1;
}

/** By number, as in <linux/capability.h>. */
const NAMES = [
  'cap_chown',
  'cap_dac_override',
  'cap_dac_read_search',
  'cap_fowner',
  'cap_fsetid',
  'cap_kill',
  'cap_setgid',
  'cap_setuid',
  'cap_setpcap',
  'cap_linux_immutable',
  'cap_net_bind_service',
  'cap_net_broadcast',
  'cap_net_admin',
  'cap_net_raw',
  'cap_ipc_lock',
  'cap_ipc_owner',
  'cap_sys_module',
  'cap_sys_rawio',
  'cap_sys_chroot',
  'cap_sys_ptrace',
  'cap_sys_pacct',
  'cap_sys_admin',
  'cap_sys_boot',
  'cap_sys_nice',
  'cap_sys_resource',
  'cap_sys_time',
  'cap_sys_tty_config',
  'cap_mknod',
  'cap_lease',
  'cap_audit_write',
  'cap_audit_control',
  'cap_setfcap',
  'cap_mac_override',
  'cap_mac_admin',
  'cap_syslog',
  'cap_wake_alarm',
  'cap_block_suspend',
  'cap_audit_read',
  'cap_perfmon',
  'cap_bpf',
  'cap_checkpoint_restore',
];
