import org.acme.BuildPlan
import org.acme.Colour

// The closure's assignments land in a map: the form of step that most libraries have.
def call(Closure body) {
    def config = [:]
    body.resolveStrategy = Closure.DELEGATE_FIRST
    body.delegate = config
    body()

    def plan = new BuildPlan(this, config.name, config.parts ?: [])
    echo "plan ${plan}: ${plan.parts.size()} parts, colour ${Colour.of(config.colour).name()}"
    plan.run { part ->
        writeFile file: "out/${part}.txt", text: libraryResource('org/acme/part.txt').replace('@PART@', part)
    }
    return plan.done
}
