/**
 * Variables in branch specs and refspecs, as the git plug-in expands them with a build's environment: `origin/${gitlabSourceBranch}`. What is not
 * set stays as it is. Where a variable holds a whole ref, the remote before it goes: `origin/refs/tags/v1` is no branch.
 */
export function expandedSpec(spec: string, variables: Readonly<Record<string, string | undefined>>): string {
  if (!spec.includes('$')) return spec;
  const text = spec.replace(/\$(?:\{([\w.]+)\}|([A-Za-z_]\w*))/g, (whole, braced: string | undefined, bare: string | undefined) => {
    const name = braced ?? bare ?? '';
    return (Object.hasOwn(variables, name) ? variables[name] : undefined) ?? whole;
  });
  return text.replace(/^(?:\*|origin)\/(?=refs\/)/, '');
}
