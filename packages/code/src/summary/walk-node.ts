import type { Node } from 'oxc-parser'

import { walkCall, walkTaggedTemplate } from './walk-calls.ts'
import { walkAssignment, walkDelete, walkUpdate } from './walk-changes.ts'
import { walkClass, walkClassMember, walkDecorator, walkStaticBlock } from './walk-classes.ts'
import { noteAskedEnvironment } from './environment-reads.ts'
import { walkFunction } from './walk-functions.ts'
import { walkGeneric } from './walk-generic.ts'
import { walkImport } from './walk-imports.ts'
import { walkElement, walkJsxIdentifier, walkJsxMember } from './walk-jsx.ts'
import { walkIdentifier, walkMember, walkMeta } from './walk-members.ts'
import { walkPattern } from './walk-patterns.ts'
import {
  walkBlock,
  walkBranch,
  walkCatch,
  walkDeclarator,
  walkLoop,
  walkReturn,
  walkSwitch,
  walkThrow,
  walkVariables,
  walkYield,
} from './walk-statements.ts'
import { walkEnum, walkImportEquals, walkNamespace } from './walk-typescript.ts'
import { walkLiteral, walkProperty, walkTemplateElement } from './walk-values.ts'
import type { Walker } from './walker.ts'

/** Walks any node: an own rule where its meaning needs one, else by the parser's list of children. */
export function walkNode(node: Node, walker: Walker): void {
  switch (node.type) {
    case 'Identifier':
      return walkIdentifier(node, walker)
    case 'MemberExpression':
      return walkMember(node, walker)
    case 'Literal':
      return walkLiteral(node, walker)
    case 'CallExpression':
    case 'NewExpression':
      return walkCall(node, walker)
    case 'Property':
      return walkProperty(node, walker)
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ParenthesizedExpression':
      return walkNode(node.expression, walker)
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return node.body === null ? undefined : walkFunction(node, walker)
    case 'VariableDeclaration':
      return walkVariables(node, walker)
    case 'VariableDeclarator':
      return walkDeclarator(node, walker)
    case 'ObjectPattern':
    case 'ArrayPattern':
    case 'AssignmentPattern':
    case 'RestElement':
      return walkPattern(node, walker)
    case 'BlockStatement':
      return walkBlock(node, walker)
    case 'ReturnStatement':
      return walkReturn(node, walker)
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'LogicalExpression':
      return walkBranch(node, walker)
    case 'AssignmentExpression':
      return walkAssignment(node, walker)
    case 'UpdateExpression':
      return walkUpdate(node, walker)
    default:
      return walkRareNode(node, walker)
  }
}

function walkRareNode(node: Node, walker: Walker): void {
  switch (node.type) {
    case 'BinaryExpression':
      noteAskedEnvironment(node, walker)
      return walkGeneric(node, walker)
    case 'UnaryExpression':
      return walkDelete(node, walker)
    case 'TaggedTemplateExpression':
      return walkTaggedTemplate(node, walker)
    case 'TemplateElement':
      return walkTemplateElement(node, walker)
    case 'ClassDeclaration':
    case 'ClassExpression':
      return walkClass(node, walker)
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return walkClassMember(node, walker)
    case 'StaticBlock':
      return walkStaticBlock(node, walker)
    case 'YieldExpression':
      return walkYield(node, walker)
    case 'ThrowStatement':
      return walkThrow(node, walker)
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
      return walkLoop(node, walker)
    case 'SwitchStatement':
      return walkSwitch(node, walker)
    case 'CatchClause':
      return walkCatch(node, walker)
    case 'LabeledStatement':
      walker.tokens.mark('label;')
      walker.tokens.text(node.label.name)
      return walkNode(node.body, walker)
    case 'BreakStatement':
    case 'ContinueStatement':
      walker.tokens.mark(`${node.type};`)
      return walker.tokens.text(node.label?.name ?? '')
    case 'MetaProperty':
      return walkMeta(node, walker)
    case 'ThisExpression':
    case 'Super':
      if (!walker.taken.has(node)) walker.member?.uses.add('*')
      walker.captureThis()
      return walkGeneric(node, walker)
    case 'ImportExpression':
      return walkImport(node, walker)
    case 'Decorator':
      return walkDecorator(node, walker)
    case 'EmptyStatement':
      return undefined
    default:
      return walkExtension(node, walker)
  }
}

function walkExtension(node: Node, walker: Walker): void {
  switch (node.type) {
    case 'TSEnumDeclaration':
      return walkEnum(node, walker)
    case 'TSModuleDeclaration':
      return walkNamespace(node, walker)
    case 'TSImportEqualsDeclaration':
      return walkImportEquals(node, walker)
    case 'TSParameterProperty':
      return walkPattern(node, walker)
    case 'TSExportAssignment':
      return walkGeneric(node, walker)
    case 'JSXIdentifier':
      return walkJsxIdentifier(node, walker)
    case 'JSXElement':
    case 'JSXFragment':
      return walkElement(node, walker)
    case 'JSXMemberExpression':
      return walkJsxMember(node, walker)
    case 'JSXText':
      walker.tokens.mark('T;')
      return walker.tokens.text(node.value)
    default:
      // Any other node of TypeScript is a type.
      return node.type.startsWith('TS') ? undefined : walkGeneric(node, walker)
  }
}
