/** A place or a limit that a run meets, and what must come of it. */
export type Row = {
  readonly name: string;
  /** What a shell does around `$VERIFY`, frostgate's command line, which reports into `reports` of `$DIR`, a folder that is empty. */
  readonly shell: string;
  /** 0: the right verdict of a healthy worker; 3: one sentence. */
  readonly code: 0 | 3;
  /** What stderr says, where it is not the verdict. */
  readonly says?: RegExp;
  /** Only root can be somebody else. */
  readonly root?: true;
};

/** A shell with a file system of its own at `$DIR/small`. */
const mounted = (size: string, command: string): string =>
  `mkdir $DIR/small && unshare --mount --map-root-user sh -c 'mount -n -t tmpfs -o size=${size} none $DIR/small && ${command}'`;

const asNobody = 'setpriv --reuid 65534 --regid 65534 --clear-groups';
const noRoom = /ENOSPC|had .* free at some moment/;

/** Each case where a run could hang, crash or blame the worker; a limit ends at what it names, and everything else stays as it was. */
export const rows: readonly Row[] = [
  { name: 'nothing special', shell: '$VERIFY', code: 0 },

  { name: 'TMPDIR is not there', shell: 'TMPDIR=$DIR/none $VERIFY', code: 3, says: /^error: nothing can be made in .*set TMPDIR/ },
  { name: 'TMPDIR is a file', shell: 'touch $DIR/file; TMPDIR=$DIR/file $VERIFY', code: 3, says: /^error: nothing can be made in/ },
  { name: 'TMPDIR is relative', shell: 'cd $DIR; mkdir tmp; TMPDIR=tmp $VERIFY', code: 0 },
  { name: 'TMPDIR has a space and is not ASCII', shell: "mkdir \"$DIR/tmp ä 中;#%'\"; TMPDIR=\"$DIR/tmp ä 中;#%'\" $VERIFY", code: 0 },
  { name: 'TMPDIR has no room for the copy', shell: mounted('30m', 'TMPDIR=$DIR/small $VERIFY'), code: 3, says: /ENOSPC.*TMPDIR names/ },
  { name: 'TMPDIR has no room for a launch', shell: mounted('140m', 'TMPDIR=$DIR/small $VERIFY'), code: 3, says: noRoom },
  { name: 'the report folder has no room', shell: mounted('8k', '$VERIFY --report-dir $DIR/small'), code: 3,
    says: /ENOSPC.*free some space/ },
  { name: 'the report folder is below /proc', shell: '$VERIFY --report-dir /proc/none || test $? = 2 && exit 3', code: 3,
    says: /^error: The report folder .* cannot be written/ },

  { name: 'stdout is closed', shell: '$VERIFY --json >&-', code: 0 },
  { name: 'stdout is full', shell: '$VERIFY --json > /dev/full', code: 3, says: /^error: stdout cannot be written/m },
  { name: 'the reader of stdout leaves', shell: '{ $VERIFY --json; echo $? > $DIR/code; } | head -c 9; exit $(cat $DIR/code)', code: 0 },
  { name: 'stderr is closed', shell: '$VERIFY 2>&-', code: 0 },
  { name: 'stderr is full', shell: '$VERIFY 2> /dev/full', code: 0 },
  { name: 'the reader of stderr leaves', shell: '{ $VERIFY 2>&1; echo $? > $DIR/code; } | head -c 9; exit $(cat $DIR/code)', code: 0 },
  { name: 'stdin, stdout and stderr are closed', shell: '$VERIFY --json <&- >&- 2>&-', code: 0 },

  { name: 'a proxy is set', shell: 'export http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 HTTP_PROXY=http://127.0.0.1:9 ' +
    'ALL_PROXY=http://127.0.0.1:9 grpc_proxy=http://127.0.0.1:9; $VERIFY', code: 0 },
  { name: '1.5 GB of addresses', shell: 'ulimit -v 1500000; $VERIFY', code: 3, says: /^error: .*ulimit -v/ },
  { name: '30 GB of addresses', shell: 'ulimit -v 30000000; $VERIFY', code: 3, says: /^error: .*ulimit -v/ },
  { name: '40 open files', shell: 'ulimit -n 40; $VERIFY', code: 3, says: /^error: .*ulimit -n/ },
  { name: '256 open files', shell: 'ulimit -n 256; $VERIFY', code: 0 },
  { name: 'files of at most 10 MB', shell: 'ulimit -f 20000; $VERIFY', code: 3, says: /^error: .*ulimit -f/ },

  { name: 'an unwritable cache', shell: 'XDG_CACHE_HOME=/proc/none $VERIFY', code: 3, says: /no Temporal CLI.*\/proc\/none/s },
  { name: 'no HOME', shell: 'unset HOME; $VERIFY', code: 0 },
  { name: 'no environment', shell: 'exec env -i PATH="$PATH" $VERIFY', code: 0 },
  { name: 'another user, who has no home', shell: `chmod 777 $DIR; ${asNobody} env HOME=/none TMPDIR=$DIR $VERIFY`, code: 3, root: true,
    says: /no Temporal CLI.*\/none/s },
  { name: 'another user, whose cache may only be read', shell: 'mkdir -m 777 $DIR/cache $DIR/reports $DIR/tmp; ' +
    'cp -r ~/.cache/frostgate $DIR/cache; chmod -R go+rX $DIR; chmod -R a-w $DIR/cache; ' +
    `${asNobody} env HOME=/none XDG_CACHE_HOME=$DIR/cache TMPDIR=$DIR/tmp $VERIFY`, code: 0, root: true },
  { name: 'two runs at once', shell: '$VERIFY & $VERIFY; first=$?; wait $! && exit $first', code: 0 },
];
