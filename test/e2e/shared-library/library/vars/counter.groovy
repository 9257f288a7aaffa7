import groovy.transform.Field

@Field int count = 0
@Field final List<String> seen = []

int next(String who) {
    seen << who
    return ++count
}
