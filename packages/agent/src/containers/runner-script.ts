/**
 * The runner: a program for the shell of our static busybox that starts tasks in a container other than the agent's. A cloud
 * has it started in the container (`enter`, once, by a short exec); after that the agent tells it what to do by words over a
 * FIFO, so that nothing goes through the cloud while a step runs. Everything it needs lies on the volume that all containers
 * of the pod share, wherever each of them has it.
 *
 *   busybox sh runner enter CONTAINER   makes `containers/CONTAINER/runner.<random>`, a FIFO, and serves it in the background.
 *                                       Ends when it is served, with 0; else says why. Twice is no harm: the agent takes one.
 *   three words on the FIFO             `start ID ATTEMPT`, `cancel ID GRACE`, `kill ID now`, `end COOKIE GRACE`
 *
 * `start` opens `tasks/ID/alive` for as long as the task runs, and then reads `tasks/ID/program.ATTEMPT`, a FIFO with shell text
 * that ends in `run …` (task-program.ts). Where the agent dies while it writes, `run` is missing and nothing has begun. The
 * files of the task are those of task-runner.ts, and who makes `pid` runs it, once; `refused` (a code and a value, a line
 * each) says why it can't.
 *
 * xargs is the loop since it starts processes beside each other, takes them away when they have ended, and leaves their signals
 * alone: what a shell starts by `&` ignores SIGINT for ever, and what no parent takes away stays a zombie where the container's
 * first process is no init. Names begin with millrace_, since the container's variables are the task's.
 */
export const RUNNER = `millrace_bin=\${0%/*}
millrace_busybox=$millrace_bin/busybox
millrace_state=\${millrace_bin%/*}
millrace_root=\${millrace_state%/*}

refuse() {
  printf '%s\\n' "$1" "$2" >"$millrace_dir/refused.new" && "$millrace_busybox" mv "$millrace_dir/refused.new" "$millrace_dir/refused"
  exit 0
}

at() {
  [ -d "$1" ] || millrace_why=$("$millrace_busybox" mkdir -p "$1" 2>&1) || refuse MR_HOST "$millrace_why"
  millrace_why=$(cd "$1" 2>&1) || refuse MR_HOST "$millrace_why"
  cd "$1"
  unset OLDPWD
}

find_program() {
  millrace_found=
  case $1 in
    */*) [ -x "$1" ] && [ ! -d "$1" ] && millrace_found=$1; return ;;
  esac
  millrace_rest=$PATH:
  while [ -n "$millrace_rest" ] && [ -z "$millrace_found" ]; do
    millrace_one=\${millrace_rest%%:*}
    millrace_rest=\${millrace_rest#*:}
    [ -x "$millrace_one/$1" ] && [ ! -d "$millrace_one/$1" ] && millrace_found=$millrace_one/$1
  done
}

run() {
  find_program "$1"
  [ -n "$millrace_found" ] || refuse MR_CONTAINER_SHELL "$1"
  shift
  set -- "$millrace_found" "$@"
  millrace_umask=$(umask)
  umask 022
  set -C
  echo $$ 2>/dev/null >"$millrace_dir/pid" || exit 0
  set +C
  umask "$millrace_umask"
  exec 2>>"$millrace_dir/output"
  trap : TERM INT HUP
  if [ -n "$millrace_stdout" ]; then "$@" >"$millrace_dir/stdout" 9<&-; else "$@" >>"$millrace_dir/output" 9<&-; fi
  millrace_status=$?
  umask 022
  echo $millrace_status >"$millrace_dir/result"
  exit 0
}

marked() {
  for millrace_process in /proc/[0-9]*; do
    "$millrace_busybox" tr '\\000' '\\n' <$millrace_process/environ | "$millrace_busybox" grep -Fqxe "$1" && echo "\${millrace_process#/proc/}"
  done
}

group_of() {
  read -r millrace_stat <"/proc/$1/stat" || return
  set -- \${millrace_stat##*) }
  echo "$3"
}

signal_task() {
  millrace_dir=$millrace_state/tasks/$2
  millrace_pid= millrace_group=
  read -r millrace_pid <"$millrace_dir/pid"
  millrace_all=$(marked "MILLRACE_TASK=$millrace_dir")
  for millrace_one in $millrace_all; do [ "$millrace_one" = "$millrace_pid" ] && millrace_group=$millrace_pid; done
  [ -z "$millrace_group" ] || kill "-$1" "-$millrace_group"
  for millrace_one in $millrace_all; do [ "$(group_of "$millrace_one")" = "$millrace_group" ] || kill "-$1" "$millrace_one"; done
}

signal_marked() {
  for millrace_one in $(marked "$2"); do kill "-$1" "$millrace_one"; done
}

case $1 in
  enter)
    millrace_dir=$millrace_state/containers/$2
    read -r millrace_id </proc/sys/kernel/random/uuid
    "$millrace_busybox" mkfifo -m 666 "$millrace_dir/new.$millrace_id" || exit 1
    "$millrace_busybox" start-stop-daemon -S -b -p "$millrace_dir/none" -x "$millrace_busybox" -- sh "$0" serve "$2" "$millrace_id" || exit 1
    millrace_n=0
    until [ -p "$millrace_dir/runner.$millrace_id" ]; do
      millrace_n=$((millrace_n + 1))
      if [ $millrace_n -gt 1000 ]; then
        echo "the runner does not begin in $millrace_dir" >&2
        exit 1
      fi
      "$millrace_busybox" sleep 0.01
    done
    ;;
  serve)
    millrace_dir=$millrace_state/containers/$2
    exec <>"$millrace_dir/new.$3"
    "$millrace_busybox" mv "$millrace_dir/new.$3" "$millrace_dir/runner.$3"
    exec "$millrace_busybox" xargs -n 3 -P 65000 "$millrace_busybox" sh "$0"
    ;;
  start)
    exec </dev/null
    MILLRACE_TASK=$millrace_state/tasks/$2 "$millrace_busybox" setsid "$millrace_busybox" sh "$0" task "$2" "$3"
    exit 0
    ;;
  task)
    millrace_dir=$MILLRACE_TASK
    millrace_stdout=
    exec 9<>"$millrace_dir/alive"
    . "$millrace_dir/program.$3"
    exit 0
    ;;
  cancel)
    exec </dev/null
    signal_task TERM "$2"
    "$millrace_busybox" sleep "$3"
    signal_task KILL "$2"
    exit 0
    ;;
  kill)
    exec </dev/null
    signal_task KILL "$2"
    exit 0
    ;;
  end)
    exec </dev/null
    signal_marked TERM "JENKINS_NODE_COOKIE=$2"
    "$millrace_busybox" sleep "$3"
    signal_marked KILL "JENKINS_NODE_COOKIE=$2"
    exit 0
    ;;
esac
`;
