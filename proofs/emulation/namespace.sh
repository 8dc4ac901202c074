#!/usr/bin/env bash
# Runs a command where the kernel hands arm64 executables to QEMU and finds their C library: as on a machine with binfmt-support and the
# arm64 packages of Debian's multiarch, which nothing here installs. Both end with the command, for they are of its own namespaces:
#   unshare --user --map-root-user --mount --propagation private bash namespace.sh QEMU ROOT COMMAND…
# A user namespace has a binfmt_misc of its own from Linux 6.7 on.
set -euo pipefail
qemu=$1 root=$2
shift 2
mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
# ELF, 64 bits, little-endian, a program or a shared object, EM_AARCH64. F: QEMU is opened now. P: argv[0] stays as it is.
magic='\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00'
mask='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
echo ":qemu-aarch64:M::$magic:$mask:$qemu:FP" > /proc/sys/fs/binfmt_misc/register
# What the machine has comes first; what only the arm64 packages have is added.
mount -t overlay overlay -o "lowerdir=/usr:$root/usr" /usr
exec "$@"
