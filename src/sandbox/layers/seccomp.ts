/** System call numbers of one processor. */
interface Calls {
  /** AUDIT_ARCH value that the kernel checks calls against. */
  audit: number;
  refused: readonly number[];
  /** Answered "no such call", so that the C library takes its older way. */
  absent: readonly number[];
  clone: number;
  socket: number;
  ioctl: number;
}

// In both lists: ptrace mount umount2 pivot_root unshare setns keyctl add_key request_key bpf perf_event_open userfaultfd
// kexec_load kexec_file_load init_module finit_module delete_module open_by_handle_at name_to_handle_at process_vm_readv
// process_vm_writev personality swapon reboot fsopen move_mount open_tree fsmount mount_setattr acct quotactl syslog kcmp
const CALLS: Readonly<Record<string, Calls>> = {
  x64: {
    audit: 0xc000003e,
    refused: [
      101, 165, 166, 155, 272, 308, 250, 248, 249, 321, 298, 323, 246, 320, 175, 313, 176, 304, 303, 310, 311, 135, 167,
      169, 430, 429, 428, 432, 442, 163, 179, 103, 312,
    ],
    absent: [425, 426, 427, 435],
    clone: 56,
    socket: 41,
    ioctl: 16,
  },
  arm64: {
    audit: 0xc00000b7,
    refused: [
      117, 40, 39, 41, 97, 268, 219, 217, 218, 280, 241, 282, 104, 294, 105, 273, 106, 265, 264, 270, 271, 92, 224, 142,
      430, 429, 428, 432, 442, 89, 60, 116, 272,
    ],
    absent: [425, 426, 427, 435],
    clone: 220,
    socket: 198,
    ioctl: 29,
  },
};

const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;
const CLONE_NEWUSER = 0x10000000;
const X32_CALLS = 0x40000000;
const FAMILIES = { unix: 1, inet: 2, inet6: 10, netlink: 16 };
const TERMINAL_INJECTION = { TIOCSTI: 0x5412, TIOCLINUX: 0x541c };

/** Offsets into the kernel's `seccomp_data`. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const ARGUMENT = [16, 24] as const;

/** One instruction of classic BPF. */
type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, value: number];
const load = (offset: number): Instruction => [0x20, 0, 0, offset];
const equals = (value: number, ifTrue: number, ifFalse: number): Instruction => [0x15, ifTrue, ifFalse, value];
const atLeast = (value: number, ifTrue: number, ifFalse: number): Instruction => [0x35, ifTrue, ifFalse, value];
const hasBits = (value: number, ifTrue: number, ifFalse: number): Instruction => [0x45, ifTrue, ifFalse, value];
const allow: Instruction = [0x06, 0, 0, 0x7fff0000];
const kill: Instruction = [0x06, 0, 0, 0x80000000];
const fail = (error: number): Instruction => [0x06, 0, 0, 0x50000 | error];

/** True when there is a filter for this kind of processor. */
export function hasSeccompFilter(processor: string): boolean {
  return Object.hasOwn(CALLS, processor);
}

/** A filter for `bwrap --seccomp`: all calls are allowed but those with which a program reaches the kernel's or another process's insides. */
export function seccompFilter(processor: string): Uint8Array {
  const calls = CALLS[processor];
  if (calls === undefined) throw new Error(`no seccomp filter for ${processor}`);
  const program = [
    load(ARCHITECTURE),
    equals(calls.audit, 1, 0),
    kill,
    load(NUMBER),
    ...(processor === 'x64' ? [atLeast(X32_CALLS, 0, 1), fail(ENOSYS)] : []),
    ...calls.refused.flatMap((number) => [equals(number, 0, 1), fail(EPERM)]),
    ...calls.absent.flatMap((number) => [equals(number, 0, 1), fail(ENOSYS)]),
    ...whenCalled(calls.clone, [load(ARGUMENT[0]), hasBits(CLONE_NEWUSER, 0, 1), fail(EPERM)]),
    ...whenCalled(calls.socket, [load(ARGUMENT[0]), ...oneOf(Object.values(FAMILIES)), fail(EAFNOSUPPORT)]),
    ...whenCalled(calls.ioctl, [load(ARGUMENT[1]), ...noneOf(Object.values(TERMINAL_INJECTION)), fail(EPERM)]),
    allow,
  ];
  return encode(program);
}

/** Runs a body for one call; the call's number is loaded again after it. */
function whenCalled(number: number, body: readonly Instruction[]): Instruction[] {
  return [equals(number, 0, body.length), ...body, load(NUMBER)];
}

/** Skips the instruction after it when the loaded value is among these. */
function oneOf(values: readonly number[]): Instruction[] {
  return values.map((value, index) => equals(value, values.length - index, 0));
}

/** Skips the instruction after it unless the loaded value is among these. */
function noneOf(values: readonly number[]): Instruction[] {
  return values.map((value, index) => {
    const last = index === values.length - 1;
    return equals(value, values.length - 1 - index, last ? 1 : 0);
  });
}

function encode(program: readonly Instruction[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(program.length * 8));
  program.forEach(([code, ifTrue, ifFalse, value], index) => {
    bytes.setUint16(index * 8, code, true);
    bytes.setUint8(index * 8 + 2, ifTrue);
    bytes.setUint8(index * 8 + 3, ifFalse);
    bytes.setUint32(index * 8 + 4, value >>> 0, true);
  });
  return new Uint8Array(bytes.buffer);
}
