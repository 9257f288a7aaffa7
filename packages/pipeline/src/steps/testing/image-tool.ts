/**
 * A program that stands in for kaniko, buildctl and buildah: it prints its arguments and what docker configuration it finds, and
 * leaves the digest where it is told to. One word of its arguments that is `fail` makes it fail.
 */
export const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** `shell`: the one that runs it. */
export function imageTool(shell = '/bin/sh'): string {
  return `#!${shell}
for word; do echo "word $word"; done
[ -z "$DOCKER_CONFIG" ] || echo "config $DOCKER_CONFIG $(cat "$DOCKER_CONFIG/config.json")"
[ -z "$BUILDKITD_FLAGS" ] || echo "flags $BUILDKITD_FLAGS"
env | grep MILLRACE_REGISTRY || true
before=
for word; do
  case $before in
    --digest-file|--digestfile) echo ${DIGEST} > "$word" ;;
    --metadata-file) echo '{"containerimage.config.digest":"sha256:${'f'.repeat(64)}","containerimage.digest": "${DIGEST}"}' > "$word" ;;
  esac
  [ "$word" != fail ] || exit 7
  before=$word
done
`;
}
