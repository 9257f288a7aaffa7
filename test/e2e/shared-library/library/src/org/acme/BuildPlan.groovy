package org.acme

class BuildPlan implements Serializable {
    static final String PREFIX = 'plan-'
    static int made = 0

    private final def steps
    final String name
    final List<String> parts
    final List<String> done = []

    BuildPlan(steps, String name, List<String> parts) {
        this.steps = steps
        this.name = PREFIX + name
        this.parts = parts
        made++
    }

    void run(Closure each) {
        for (part in parts) {
            steps.dir("work/${part}") {
                each.call(part)
            }
            done.add(part)
        }
    }

    @Override
    String toString() {
        return "${name}#${made}"
    }
}
