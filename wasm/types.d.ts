// Made from the Rust types by `GWCHAIN_BLESS=1 cargo test -p gwchain-tests --test typescript`; not for editing.

/**
 * What comes of a request; what does not apply is absent.
 */
export type Answer = { 
/**
 * Gateway whose listener decided, `ns/name`.
 */
gateway?: string, 
/**
 * That listener, `PROTOCOL:PORT`.
 */
listener?: string, 
/**
 * Rule of a route, `Kind ns/name#index`; `default` for a listener's default action.
 */
rule?: string, 
/**
 * The Service, `ns/name:port`; of several the heaviest.
 */
service?: string, 
/**
 * All Services with a weight above zero, if there are several.
 */
services?: Array<Portion>, 
/**
 * ARN or name of a target group that belongs to no Service of the plan.
 */
targetGroup?: string, 
/**
 * Status code of an answer that the load balancer gives by itself.
 */
status?: number, 
/**
 * Where a redirect leads.
 */
redirect?: string, 
/**
 * Path that the Service sees.
 */
path?: string, 
/**
 * Query that the Service sees.
 */
query?: string, 
/**
 * Host that the Service sees.
 */
host?: string, 
/**
 * Why nothing answers.
 */
error?: string, };

/**
 * A Gateway without stack.
 */
export type Blocked = { 
/**
 * `ns/name`.
 */
gateway: string, 
/**
 * Reason as in its condition.
 */
reason: string, 
/**
 * What is in the way.
 */
message: string, };

export type BudgetDocument = { quota: string, noun: string, used: number, limit: number, isAdjustable: boolean, level: BudgetLevel, open?: string, at?: string, };

/**
 * How near a limit is.
 */
export type BudgetLevel = "fine" | "near" | "over";

export type Budgets = { loadBalancers: Array<LoadBalancerBudgets>, region: Array<BudgetDocument>, };

export type ClassDocument = { name: string, controller: string, conditions: Array<Condition>, };

/**
 * One of them.
 */
export type Completion = { 
/**
 * The field or value.
 */
label: string, 
/**
 * What takes the place of what is written, with the colon of a field.
 */
insert: string, 
/**
 * What a field holds.
 */
detail: string, 
/**
 * Whether the API server refuses the object without it.
 */
required: boolean, };

/**
 * What may be written at the cursor.
 */
export type Completions = { 
/**
 * First byte of what a completion replaces; the last is the cursor's.
 */
from: number, 
/**
 * Required fields first, then by name.
 */
options: Array<Completion>, };

/**
 * A status condition to be.
 */
export type Condition = { 
/**
 * Condition type.
 */
type: string, 
/**
 * `True`, `False` or `Unknown`.
 */
status: string, 
/**
 * Machine-readable reason.
 */
reason: string, 
/**
 * Text for people.
 */
message: string, };

/**
 * How sure a price is.
 */
export type Confidence = "quoted" | "secondHand" | "unverified";

/**
 * The floor of a plan.
 */
export type Cost = { 
/**
 * As `USD`.
 */
currency: string, 
/**
 * All load balancers, a month.
 */
monthly: number, 
/**
 * Hours that a month is counted as.
 */
hoursPerMonth: number, 
/**
 * The Region whose prices these are.
 */
region: string, 
/**
 * The Region of the plan, when it is known and another.
 */
plannedRegion?: string, 
/**
 * Whether the Region of the plan is known.
 */
isRegionKnown: boolean, 
/**
 * When the prices were looked up.
 */
date: string, 
/**
 * Who says so.
 */
source?: string, 
/**
 * By load balancer, in the order of the stacks.
 */
loadBalancers: Array<LoadBalancerCost>, 
/**
 * What traffic is paid by.
 */
units: Array<CostUnit>, };

/**
 * Something paid by the hour.
 */
export type CostItem = { 
/**
 * What it is, in the singular.
 */
what: string, 
/**
 * How many.
 */
count: number, 
/**
 * One, by the hour.
 */
hourly: number, 
/**
 * All, a month.
 */
monthly: number, 
/**
 * How sure the price is.
 */
confidence: Confidence, 
/**
 * What the count assumes.
 */
assumed?: string, };

/**
 * A capacity unit: an hour is paid by the dimension that needs most units.
 */
export type CostUnit = { 
/**
 * `LCU` or `NLCU`.
 */
name: string, 
/**
 * By the hour.
 */
hourly: number, 
/**
 * How sure the price is.
 */
confidence: Confidence, 
/**
 * What one unit holds.
 */
dimensions: Array<string>, };

/**
 * A deviation by name.
 */
export type Deviation = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it does.
 */
summary: string, };

/**
 * An edge.
 */
export type Edge = { 
/**
 * Id of the node on the left.
 */
from: string, 
/**
 * Id of the node on the right.
 */
to: string, 
/**
 * What takes it.
 */
kind: EdgeKind, 
/**
 * Share of the traffic, or when it is taken.
 */
label?: string, 
/**
 * Where the label's middle is.
 */
labelAt?: [number, number], 
/**
 * From left to right: corners with level tangents.
 */
points: Array<[number, number]>, 
/**
 * The same as the `d` of an SVG path.
 */
path: string, };

/**
 * What an edge says about what takes it.
 */
export type EdgeKind = "traffic" | "unused" | "refused" | "leftOut";

/**
 * A stretch of a file and its new text.
 */
export type EditReport = { location: Location, replacement: string, };

/**
 * What `explain` answers.
 */
export type Explanation = { "form": "page", 
/**
 * From top to bottom.
 */
page: Page, } | { "form": "markdown", 
/**
 * Its text.
 */
text: string, };

/**
 * The reading of one text.
 */
export type FileReading = { 
/**
 * Blocks of a Markdown page that were read; the rest was not. Empty when the text is none.
 */
blocks: Array<Range>, 
/**
 * Documents whose indentation was restored; the fix of GWC0610 writes it into the text.
 */
restored: Array<Range>, 
/**
 * Parts that the API server wrote and that people seldom want to see.
 */
folds: Array<FoldRange>, };

/**
 * One finding.
 */
export type Finding = { 
/**
 * `GWC0101` and so on.
 */
code: string, 
/**
 * How bad it is.
 */
severity: "note" | "warning" | "error", 
/**
 * Names the object and the value.
 */
message: string, 
/**
 * The remedy in words.
 */
help?: string, 
/**
 * What it takes out of the plan.
 */
effect: "None" | "DropsRule" | "DropsRoute" | "DropsObject" | "BlocksGateway", 
/**
 * The object concerned, `Kind namespace/name`.
 */
object?: string, 
/**
 * Where it was caused.
 */
range?: Range, 
/**
 * Other places that it is about.
 */
related: Array<RelatedFinding>, 
/**
 * The remedy as edits.
 */
fix?: FindingFix, };

/**
 * Edits that belong together and don't overlap.
 */
export type FindingFix = { 
/**
 * What they do, in the imperative.
 */
title: string, 
/**
 * All of them refer to the texts as they are.
 */
edits: Array<TextEdit>, };

/**
 * A remedy as edits.
 */
export type FixReport = { title: string, edits: Array<EditReport>, };

/**
 * What is folded.
 */
export type FoldKind = "status" | "managedFields";

/**
 * A part to fold.
 */
export type FoldRange = { 
/**
 * From the key to the end of the value.
 */
range: Range, 
/**
 * What it is.
 */
kind: FoldKind, };

/**
 * A finding at a node.
 */
export type Found = { 
/**
 * Code.
 */
code: string, 
/**
 * `error`, `warning` or `note`.
 */
severity: string, 
/**
 * Position in [`Graph::findings`].
 */
finding: number, };

/**
 * A Gateway or ListenerSet.
 */
export type GatewayDocument = { name: string, conditions: Array<Condition>, listeners: Array<ListenerStatus>, };

/**
 * A picture, `apiVersion: gwchain.dev/v1alpha1`, `kind: Graph` (docs/graph.md).
 */
export type Graph = { apiVersion: string, kind: string, 
/**
 * Profile of the plan.
 */
profile: string, 
/**
 * Width of the sheet.
 */
width: number, 
/**
 * Height of the sheet.
 */
height: number, 
/**
 * Names of columns, above chains.
 */
headings: Array<Heading>, 
/**
 * Frames behind nodes: Gateways, and inside them the rules of one host.
 */
groups: Array<Group>, 
/**
 * From top to bottom within a column, columns from left to right, chain by chain.
 */
nodes: Array<Node>, 
/**
 * Edges from left to right.
 */
edges: Array<Edge>, 
/**
 * All findings about the manifests, in the order of the files; nodes and groups point into it.
 */
findings: Array<Report>, };

/**
 * A field of an object and where it is written.
 */
export type GraphPlace = { 
/**
 * `Kind ns/name`.
 */
object: string, 
/**
 * The field, empty for the object itself.
 */
path: string, 
/**
 * Lines and columns, when it was read from a text and is written there.
 */
location?: Location, };

/**
 * A frame behind nodes.
 */
export type Group = { 
/**
 * `ns/name` of a Gateway, or that of a listener followed by `/hosts/` and a number.
 */
id: string, 
/**
 * What it stands for.
 */
kind: GroupKind, 
/**
 * The frame around it.
 */
parent?: string, 
/**
 * `alb` or `nlb`, for a Gateway.
 */
loadBalancerType?: string, 
/**
 * Left edge.
 */
x: number, 
/**
 * Upper edge.
 */
y: number, 
/**
 * Width.
 */
width: number, 
/**
 * Height.
 */
height: number, 
/**
 * From top to bottom.
 */
lines: Array<LabelLine>, 
/**
 * The same in full, with what the lines have no room for.
 */
title: string, 
/**
 * Resources of the plan it stands for.
 */
resources?: Array<ResourceRef>, 
/**
 * Where it comes from, the main place first.
 */
origins?: Array<GraphPlace>, 
/**
 * What was found about it, the worst first.
 */
findings?: Array<Found>, };

/**
 * What a frame stands for.
 */
export type GroupKind = "gateway" | "host";

export type HeaderDocument = { name: string, value: string, };

/**
 * The name of a column.
 */
export type Heading = { 
/**
 * Left edge.
 */
x: number, 
/**
 * Foot of the letters.
 */
y: number, 
/**
 * The name.
 */
text: string, };

/**
 * What a field may be.
 */
export type Hint = { 
/**
 * The object's kind.
 */
kind: string, 
/**
 * The field, as `spec.rules[].matches[].path`.
 */
path: string, 
/**
 * What it holds.
 */
type: string, 
/**
 * Whether the API server refuses the object without it.
 */
required: boolean, 
/**
 * What the API server fills in when it is absent.
 */
default: string | null, 
/**
 * The values it may have; none for any.
 */
allowed: Array<string>, };

/**
 * Texts and what is known beside them, as the plugin's options have it.
 */
export type Input = { 
/**
 * Manifests.
 */
files: Array<InputFile>, 
/**
 * `gwchain` (when absent) or `aws-lbc`.
 */
profile?: "gwchain" | "aws-lbc", 
/**
 * Text of an environment file (docs/environment.md).
 */
environment?: string, 
/**
 * The manifests are all there is: what they lack does not exist.
 */
complete?: boolean, 
/**
 * The controller's cluster name.
 */
clusterName?: string, 
/**
 * Namespace of objects that name none; only its Gateways are shown.
 */
namespace?: string, };

/**
 * One text.
 */
export type InputFile = { 
/**
 * Its name in messages.
 */
name: string, 
/**
 * Its content.
 */
text: string, };

/**
 * A line of a label.
 */
export type LabelLine = { 
/**
 * Shortened in the middle where it is too long.
 */
text: string, 
/**
 * How important it is.
 */
style: LineStyle, };

/**
 * How important a line of a label is.
 */
export type LineStyle = "name" | "detail" | "pending" | "problem";

/**
 * A stretch of a text and what it makes. Offsets count UTF-16 code units.
 */
export type Link = { 
/**
 * Position among the files of the input.
 */
file: number, 
/**
 * Offset of the first unit.
 */
start: number, 
/**
 * Offset after the last.
 */
end: number, 
/**
 * Values of the plan.
 */
values: Array<ValueRef>, };

/**
 * One entry of `status.listeners`.
 */
export type ListenerStatus = { 
/**
 * Name of the listener.
 */
name: string, 
/**
 * Kinds that may attach.
 */
supportedKinds: Array<string>, 
/**
 * Routes attached.
 */
attachedRoutes: number, 
/**
 * Conditions.
 */
conditions: Array<Condition>, };

export type LoadBalancerBudgets = { gateway: string, limits: Array<BudgetDocument>, };

/**
 * The floor of one load balancer.
 */
export type LoadBalancerCost = { 
/**
 * `ns/name`.
 */
gateway: string, 
/**
 * A month.
 */
monthly: number, 
/**
 * What it is made of.
 */
items: Array<CostItem>, 
/**
 * What is paid beside it and can't be counted.
 */
notCounted?: Array<string>, };

/**
 * A stretch of a file, lines and columns from 1.
 */
export type Location = { file: string, line: number, column: number, endLine: number, endColumn: number, };

/**
 * A node.
 */
export type Node = { 
/**
 * What `explain` calls it (`ns/name/listener/443`, `ns/name/rule/443:1`), `service/ns/name:port`, or one of these with
 * what hangs on it.
 */
id: string, 
/**
 * What it stands for.
 */
kind: NodeKind, 
/**
 * The frame it stands in.
 */
group?: string, 
/**
 * Rules of routes it stands for, `Kind ns/name#index` as in a trace.
 */
rules?: Array<string>, 
/**
 * Ids of the nodes that are folded together in it.
 */
members?: Array<string>, 
/**
 * Left edge.
 */
x: number, 
/**
 * Upper edge.
 */
y: number, 
/**
 * Width.
 */
width: number, 
/**
 * Height.
 */
height: number, 
/**
 * From top to bottom.
 */
lines: Array<LabelLine>, 
/**
 * The same in full, with what the lines have no room for.
 */
title: string, 
/**
 * Resources of the plan it stands for.
 */
resources?: Array<ResourceRef>, 
/**
 * Where it comes from, the main place first.
 */
origins?: Array<GraphPlace>, 
/**
 * What was found about it, the worst first.
 */
findings?: Array<Found>, };

/**
 * What a node stands for.
 */
export type NodeKind = "client" | "listener" | "rule" | "rules" | "default" | "targetGroup" | "targetGroups" | "service" | "services" | "response" | "redirect" | "authentication" | "loadBalancer" | "blocked" | "leftOut" | "gateways";

/**
 * Why a field is what it is.
 */
export type OriginDocument = { 
/**
 * `Kind ns/name`.
 */
object: string, 
/**
 * The field.
 */
path: string, 
/**
 * The file, if it was read from a text.
 */
file?: string, 
/**
 * The line where it starts.
 */
line?: number, 
/**
 * The column where it starts, in characters.
 */
column?: number, } | { 
/**
 * Whose default.
 */
default: string, } | { 
/**
 * The rule.
 */
rule: string, } | { 
/**
 * The question in words.
 */
want: string, };

/**
 * A page; `Display` is its plain text.
 */
export type Page = { 
/**
 * From top to bottom.
 */
lines: Array<PageLine>, };

/**
 * A line of a page.
 */
export type PageLine = Array<PageSpan>;

/**
 * A piece of text.
 */
export type PageSpan = { 
/**
 * Without control characters.
 */
text: string, 
/**
 * What it is.
 */
style: Style, };

export type ParentDocument = { parent: string, controller: string, conditions: Array<Condition>, };

/**
 * What a previewer draws.
 */
export type Picture = { 
/**
 * The chains; its places are pixels. Its own list of findings is empty: they stand beside it, with better places. So
 * are the points of its edges, which their paths tell, too.
 */
graph: Graph, 
/**
 * Findings with places as editors count them; nodes and groups of the graph point into them.
 */
findings: Array<Finding>, 
/**
 * Which stretch of the texts makes which values of the plan, by place.
 */
links: Array<Link>, 
/**
 * The resources that links name, by stack and position.
 */
stacks: Array<Array<ResourceRef>>, 
/**
 * What was done to read each text, in the order of the input.
 */
reading: Array<FileReading>, 
/**
 * How many there are.
 */
summary: Summary, 
/**
 * The environment's fields as they are written (docs/environment.md), for a form.
 */
environment: Record<string, unknown> | null, 
/**
 * What is wrong with the environment, which then counts as empty.
 */
environmentError: string | null, };

/**
 * A value that the profiles plan differently.
 */
export type PlanDifference = { 
/**
 * `ns/name`.
 */
gateway: string, 
/**
 * Type and id as in the plan document; empty for the Gateway as a whole.
 */
resource: string, 
/**
 * The field, as `healthCheckConfig.port`; empty for the resource as a whole.
 */
field: string, 
/**
 * What `gwchain` plans, as text or JSON; `None` for nothing.
 */
gwchain: string | null, 
/**
 * What `aws-lbc` plans.
 */
awsLbc: string | null, 
/**
 * Which deviations alone change it (docs/deviations.md).
 */
deviations: Array<Deviation>, };

/**
 * The document.
 */
export type PlanDocument = { apiVersion: string, kind: string, profile: string, stacks: Array<StackDocument>, blocked: Array<Blocked>, statuses: Statuses, wants: Array<WantDocument>, diagnostics: Array<Report>, budgets: Budgets, cost?: Cost, summary: Summary, };

/**
 * A Service and its weight.
 */
export type Portion = { 
/**
 * `ns/name:port`.
 */
service: string, 
/**
 * Its weight.
 */
weight: number, };

/**
 * What a previewer draws.
 */
export type Preview = { 
/**
 * The plan document, as `plan -o json` prints it.
 */
plan: PlanDocument, 
/**
 * The plan's diagnostics once more, with places as editors count them.
 */
findings: Array<Finding>, 
/**
 * The chains as a picture. Its own list of findings is empty: positions are those of `findings` here.
 */
graph: Graph, 
/**
 * Which stretch of the texts makes which values of the plan, by place.
 */
links: Array<Link>, 
/**
 * What was done to read each text, in the order of the input.
 */
reading: Array<FileReading>, 
/**
 * What is wrong with the environment, which then counts as empty.
 */
environmentError: string | null, };

/**
 * A stretch of a text. Offsets count UTF-16 code units from 0, lines and columns from 1.
 */
export type Range = { 
/**
 * Position among the files of the input.
 */
file: number, 
/**
 * Offset of the first unit.
 */
start: number, 
/**
 * Offset after the last.
 */
end: number, 
/**
 * Line of the first unit.
 */
line: number, 
/**
 * Column of the first unit.
 */
column: number, 
/**
 * Line of the unit after the last.
 */
endLine: number, 
/**
 * Column of the unit after the last.
 */
endColumn: number, };

/**
 * Another place of a finding.
 */
export type RelatedFinding = { 
/**
 * What is there.
 */
message: string, 
/**
 * Where it is.
 */
range?: Range, };

/**
 * Another place of a finding.
 */
export type RelatedReport = { message: string, object?: string, field?: string, location?: Location, };

/**
 * A diagnostic with names and places spelled out.
 */
export type Report = { code: string, severity: string, message: string, help?: string, effect: string, object?: string, field?: string, location?: Location, related: Array<RelatedReport>, fix?: FixReport, };

export type RequestDocument = { scheme: string, host: string, port: number, method?: string, path?: string, query?: string, headers?: Array<HeaderDocument>, from?: string, };

export type ResourceDocument = { type: string, id: string, action: string, spec: Record<string, unknown>, origins: { [key in string]: OriginDocument }, };

/**
 * A resource of the plan document.
 */
export type ResourceRef = { 
/**
 * `ns/name` of the Gateway whose stack it is in.
 */
gateway: string, 
/**
 * Type as in the plan.
 */
type: string, 
/**
 * Id as in the plan.
 */
id: string, };

export type RewriteDocument = { what: string, before: string, after: string, undecided?: boolean, };

export type RouteDocument = { route: string, parents: Array<ParentDocument>, };

export type RuleDocument = { priority: number, rule: string, outcome: string, conditions: string, reason?: string, first?: Array<string>, rewrites?: Array<RewriteDocument>, location?: Location, };

export type StackDocument = { gateway: string, loadBalancerType: string, dependsOn: Array<string>, resources: Array<ResourceDocument>, };

export type Statuses = { gatewayClasses: Array<ClassDocument>, gateways: Array<GatewayDocument>, listenerSets: Array<GatewayDocument>, routes: Array<RouteDocument>, };

export type StepDocument = { "step": "gateway", gateway: string, type: string, } | { "step": "listener", listener: string, } | { "step": "route", route: string, } | { "step": "rule" } & RuleDocument | { "step": "default", } | { "step": "targets", targets: Array<TargetDocument>, sticky: boolean, } | { "step": "response", status: number, body?: string, } | { "step": "redirect", status: number, location: string, } | { "step": "nothing", error: string, };

/**
 * What a piece of text is, for the host to paint.
 */
export type Style = "plain" | "heading" | "name" | "value" | "origin" | "pending" | "problem";

/**
 * By what a Gateway's configuration picks its subnets.
 */
export type SubnetSelection = { "kind": "discovery" } | { "kind": "identifiers", identifiers: Array<string>, } | { "kind": "tags", tags: { [key in string]: Array<string> }, };

/**
 * Numbers of resources.
 */
export type Summary = { loadBalancers: number, listeners: number, rules: number, targetGroups: number, targetGroupBindings: number, albRegistrations: number, securityGroups: number, webAclAssociations: number, shieldProtections: number, blockedGateways: number, };

export type TargetDocument = { service?: string, gateway?: string, port?: number, targetGroup?: string, weight: number, followed: boolean, };

/**
 * One edit: an empty stretch inserts.
 */
export type TextEdit = { 
/**
 * What is replaced.
 */
range: Range, 
/**
 * The new text.
 */
text: string, };

/**
 * The document.
 */
export type TraceDocument = { apiVersion: string, kind: string, request: RequestDocument, answer: Answer, steps: Array<StepDocument>, nodes: Array<string>, also: Array<string>, notes: Array<string>, };

/**
 * A request to trace, as the options of `trace` have it.
 */
export type TraceRequest = { 
/**
 * `https://…`, `http://…`, `tcp://HOST:PORT`, `tls://HOST` or `udp://HOST:PORT`.
 */
url: string, 
/**
 * GET when absent.
 */
method?: string, 
/**
 * `Name: value` each.
 */
headers?: Array<string>, 
/**
 * Address of the client.
 */
from?: string, 
/**
 * Gateway to enter at; the one that fits best when absent.
 */
via?: string, };

/**
 * Position of a stack in the plan, of a resource in the stack, and the field's name in `origins`;
 * without a name it is the object that brought the resource about.
 */
export type ValueRef = [number, number, string];

/**
 * A question, in words too.
 */
export type WantDocument = { text: string, } & ({ "want": "clusterName" } | { "want": "gatewayUid", gateway: string, } | { "want": "vpc" } | { "want": "subnets", scheme: string, by: SubnetSelection, } | { "want": "securityGroupsByName", names: Array<string>, } | { "want": "backendSecurityGroup" } | { "want": "certificates", hosts: Array<string>, } | { "want": "trustStore", name: string, } | { "want": "targetGroup", name: string, } | { "want": "nodePort", service: string, port: string, } | { "want": "servicePort", service: string, port: string, } | { "want": "targetPort", service: string, port: string, } | { "want": "secretKeys", secret: string, } | { "want": "vpcCidrs" } | { "want": "subnetCidrs", subnets: Array<string>, } | { "want": "existingLoadBalancer", gateway: string, } | { "want": "loadBalancer", gateway: string, });
