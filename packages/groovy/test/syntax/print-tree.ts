/**
 * Trees as short texts, so that a test reads as "this source is that tree".
 * A node is `(op operands)`, a name itself, a string in double quotes, a block `{ … }`, a list of things `[ … ]`.
 */
import type { Annotation, ClassDecl, CompilationUnit, Expression, MethodDecl, Parameter, Statement, TypeRef } from '../../src/syntax/ast.ts';

export function printUnit(unit: CompilationUnit): string {
  return [
    ...(unit.packageName === null ? [] : [`package ${unit.packageName}`]),
    ...unit.imports.map((i) => {
      const what = `${i.name}${i.member === null ? '' : `#${i.member}`}${i.star ? '.*' : ''}${i.alias === null ? '' : ` as ${i.alias}`}`;
      return `${printAnnotations(i.annotations)}import ${i.isStatic ? 'static ' : ''}${what}`;
    }),
    ...unit.classes.map(printClass),
    ...unit.methods.map(printMethod),
    ...unit.statements.map(printStatement),
  ].join('; ');
}

const printBody = (statements: readonly Statement[]): string => (statements.length === 0 ? '{}' : `{ ${statements.map(printStatement).join('; ')} }`);
const printList = (list: readonly Expression[]): string => list.map((e) => ` ${printExpression(e)}`).join('');

export function printType(type: TypeRef | null): string {
  if (type === null) return '?';
  return `${type.name}${type.generics.length === 0 ? '' : `<${type.generics.map(printType).join(',')}>`}${'[]'.repeat(type.dims)}`;
}

function printAnnotations(annotations: readonly Annotation[]): string {
  return annotations
    .map((a) => `@${a.name}${a.members.length === 0 ? '' : `(${a.members.map((m) => `${m.name}=${printExpression(m.value)}`).join(' ')})`} `)
    .join('');
}

const printModifiers = (modifiers: readonly string[]): string => modifiers.map((m) => `${m} `).join('');

function printParameter(p: Parameter): string {
  const type = p.type === null ? '' : `${printType(p.type)} `;
  return `${printAnnotations(p.annotations)}${printModifiers(p.modifiers)}${type}${p.varargs ? '...' : ''}${p.name}${p.defaultValue === null ? '' : `=${printExpression(p.defaultValue)}`}`;
}

const printParameters = (parameters: readonly Parameter[]): string => parameters.map(printParameter).join(', ');

export function printMethod(m: MethodDecl): string {
  const throws = m.throws.length === 0 ? '' : ` throws ${m.throws.map(printType).join(',')}`;
  const tail = m.annotationDefault === null ? '' : ` default ${printExpression(m.annotationDefault)}`;
  const generics = m.typeParameters === undefined ? '' : `<${m.typeParameters.map(printType).join(',')}> `;
  return `${printAnnotations(m.annotations)}${printModifiers(m.modifiers)}${generics}${printType(m.returnType)} ${m.name}(${printParameters(m.parameters)})${throws}${m.body === null ? '' : ` ${printBody(m.body.statements)}`}${tail}`;
}

export function printClass(c: ClassDecl): string {
  const members = [
    ...c.enumConstants.map((k) => `${printAnnotations(k.annotations)}${k.name}(${printList(k.args).trim()})${k.body === null ? '' : printClass(k.body)}`),
    ...c.fields.map(
      (f) =>
        `${printAnnotations(f.annotations)}${printModifiers(f.modifiers)}${printType(f.type)} ${f.name}${f.init === null ? '' : `=${printExpression(f.init)}`}`,
    ),
    ...c.constructors.map(printMethod),
    ...c.methods.map(printMethod),
    ...c.initializers.map((i) => `${i.isStatic ? 'static ' : ''}${printBody(i.body.statements)}`),
    ...c.classes.map(printClass),
  ];
  const generics = c.typeParameters.length === 0 ? '' : `<${c.typeParameters.map(printType).join(',')}>`;
  const parents = `${c.superClass === null ? '' : ` extends ${printType(c.superClass)}`}${c.interfaces.length === 0 ? '' : ` implements ${c.interfaces.map(printType).join(',')}`}`;
  return `${printAnnotations(c.annotations)}${printModifiers(c.modifiers)}${c.form} ${c.name}${generics}${parents} <${members.join('; ')}>`;
}

export function printStatement(s: Statement): string {
  switch (s.kind) {
    case 'Block':
      return printBody(s.statements);
    case 'ExpressionStatement':
      return printExpression(s.expression);
    case 'VariableDeclaration': {
      const head = `${printAnnotations(s.annotations)}${printModifiers(s.modifiers)}`;
      const names = s.variables
        .map((v) => `${v.type === null ? '' : `${printType(v.type)} `}${v.name}${v.init === null ? '' : `=${printExpression(v.init)}`}`)
        .join(', ');
      return `(var ${head}${s.isTuple ? `[${names}]=${printExpression(s.tupleInit!)}` : names})`;
    }
    case 'If':
      return `(if ${printExpression(s.test)} ${printStatement(s.then)}${s.otherwise === null ? '' : ` else ${printStatement(s.otherwise)}`})`;
    case 'While':
      return `(while ${printExpression(s.test)} ${printStatement(s.body)})`;
    case 'For': {
      const parts = [s.init.map(printStatement).join(), s.test === null ? '' : printExpression(s.test), s.update.map(printExpression).join()];
      return `(for ${parts.join('; ')}; ${printStatement(s.body)})`;
    }
    case 'ForIn':
      return `(for ${printParameter(s.variable)} in ${printExpression(s.collection)} ${printStatement(s.body)})`;
    case 'Switch':
      return `(switch ${printExpression(s.subject)}${s.cases.map((c) => ` ${c.test === null ? 'default' : printExpression(c.test)}: ${printBody(c.body)}`).join('')})`;
    case 'Try': {
      const catches = s.catches.map((c) => ` catch ${c.types.map(printType).join('|')} ${c.name} ${printStatement(c.body)}`).join('');
      return `(try ${printStatement(s.body)}${catches}${s.finallyBody === null ? '' : ` finally ${printStatement(s.finallyBody)}`})`;
    }
    case 'Throw':
      return `(throw ${printExpression(s.value)})`;
    case 'Return':
      return `(return${s.value === null ? '' : ` ${printExpression(s.value)}`})`;
    case 'Break':
      return `(break${s.label === null ? '' : ` ${s.label}`})`;
    case 'Continue':
      return `(continue${s.label === null ? '' : ` ${s.label}`})`;
    case 'Assert':
      return `(assert ${printExpression(s.test)}${s.message === null ? '' : ` ${printExpression(s.message)}`})`;
    case 'Synchronized':
      return `(synchronized ${printExpression(s.lock)} ${printStatement(s.body)})`;
    case 'Labeled':
      return `${s.label}: ${printStatement(s.statement)}`;
    case 'Empty':
      return '(empty)';
    case 'ClassStatement':
      return printClass(s.declaration);
  }
}

const SUFFIX: Readonly<Record<string, string>> = { Integer: '', Long: 'L', BigInteger: 'G', BigDecimal: 'M', Double: 'd', Float: 'f' };

/** A member's name: itself, or in quotes where it was written in quotes. */
function printName(name: Expression): string {
  return name.kind === 'Constant' && name.type === 'String' && name.quote === '' ? name.value : printExpression(name);
}

export function printExpression(e: Expression): string {
  switch (e.kind) {
    case 'Constant':
      if (e.type === 'String') return e.quote === '' ? `'${e.value}` : JSON.stringify(e.value);
      return `${e.value}${SUFFIX[e.type] ?? ''}`;
    case 'GString':
      return `(gstring ${JSON.stringify(e.strings[0])}${e.values.map((v, i) => ` ${printExpression(v)} ${JSON.stringify(e.strings[i + 1])}`).join('')})`;
    case 'Variable':
      return e.name;
    case 'Property':
      return `(${e.spread ? '*' : ''}${e.safe ? '?' : ''}.${e.attribute ? '@' : ''} ${printExpression(e.object)} ${printName(e.name)})`;
    case 'MethodPointer':
      return `(.& ${printExpression(e.object)} ${printName(e.name)})`;
    case 'MethodCall': {
      const object = e.object === null ? '' : `${printExpression(e.object)}${e.spread ? '*.' : e.safe ? '?.' : '.'}`;
      return `(${e.command ? 'command' : 'call'} ${object}${printName(e.name)}${printList(e.args)})`;
    }
    case 'Call':
      return `(apply ${printExpression(e.callee)}${printList(e.args)})`;
    case 'New':
      return `(new ${printType(e.type)}${printList(e.args)}${e.body === null ? '' : ` ${printClass(e.body)}`})`;
    case 'NewArray':
      return `(new ${printType(e.type)}${'[]'.repeat(e.dims)}${printList(e.sizes)})`;
    case 'List':
      return `[${e.elements.map(printExpression).join(', ')}]`;
    case 'Map': {
      if (e.entries.length === 0) return '[:]';
      return `[${e.entries.map((n) => (n.key === null ? `*:${printExpression(n.value)}` : `${printName(n.key)}:${printExpression(n.value)}`)).join(', ')}]`;
    }
    case 'Range':
      return `(${e.inclusive ? '..' : '..<'} ${printExpression(e.from)} ${printExpression(e.to)})`;
    case 'Binary':
      return `(${e.op} ${printExpression(e.left)} ${printExpression(e.right)})`;
    case 'Assignment':
      return `(${e.op} ${printExpression(e.target)} ${printExpression(e.value)})`;
    case 'Unary':
      return `(${e.op} ${printExpression(e.operand)})`;
    case 'Prefix':
      return `(${e.op}_ ${printExpression(e.operand)})`;
    case 'Postfix':
      return `(_${e.op} ${printExpression(e.operand)})`;
    case 'Ternary':
      return `(? ${printExpression(e.test)} ${printExpression(e.then)} ${printExpression(e.otherwise)})`;
    case 'Elvis':
      return `(?: ${printExpression(e.value)} ${printExpression(e.otherwise)})`;
    case 'Cast':
      return `(cast ${printType(e.type)} ${printExpression(e.operand)})`;
    case 'As':
      return `(as ${printExpression(e.operand)} ${printType(e.type)})`;
    case 'InstanceOf':
      return `(instanceof ${printExpression(e.operand)} ${printType(e.type)})`;
    case 'Index':
      return `(index ${printExpression(e.object)}${printList(e.args)})`;
    case 'Closure':
      return `{${e.parameters === null ? '' : ` ${printParameters(e.parameters)}${e.parameters.length === 0 ? '' : ' '}->`}${e.body.statements.length === 0 ? '' : ` ${e.body.statements.map(printStatement).join('; ')} `}}`;
    case 'Spread':
      return `(* ${printExpression(e.operand)})`;
    case 'Type':
      return e.annotation === undefined ? `type:${printType(e.type)}` : printAnnotations([e.annotation]).trim();
  }
}
