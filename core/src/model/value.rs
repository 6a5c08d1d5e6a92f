//! Values that are known now, assigned by AWS later, or still asked for.
//!
//! How a reference is spelled in the stack JSON is decided in its `Serialize` here, once.

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::fact::Want;
use crate::id::Text;

/// An ARN, id or name: a literal, an output of a resource of this plan, or a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Known.
    Known(Text),
    /// ARN of the stack's load balancer.
    LoadBalancerArn,
    /// ARN of the stack's listener on a port.
    ListenerArn(i64),
    /// ARN of the stack's target group with that id.
    TargetGroupArn(Text),
    /// Id of the stack's managed security group.
    ManagedSecurityGroup,
    /// A certificate whose ARN the reference's stack JSON does not show.
    HiddenCertificate(Text),
    /// ARN of the load balancer of another stack of the plan, `ns/name`.
    OtherLoadBalancerArn(Text),
    /// Id of the managed security group of another stack of the plan, `ns/name`.
    OtherSecurityGroup(Text),
    /// A name whose last part depends on what isn't known: the known part, and the question.
    Partial(Text, Box<Want>),
    /// Nobody has answered yet.
    Pending(Box<Want>),
}

impl Value {
    /// The literal, if known.
    pub fn known(&self) -> Option<&Text> {
        match self {
            Self::Known(text) => Some(text),
            _ => None,
        }
    }
}

impl From<Want> for Value {
    fn from(want: Want) -> Self {
        Self::Pending(Box::new(want))
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Self::Known(text)
    }
}

const LB: &str = "#/resources/AWS::ElasticLoadBalancingV2::LoadBalancer/LoadBalancer/status/loadBalancerARN";
const LISTENER: &str = "#/resources/AWS::ElasticLoadBalancingV2::Listener/";
const GROUP: &str = "#/resources/AWS::ElasticLoadBalancingV2::TargetGroup/";
const SECURITY_GROUP: &str = "#/resources/AWS::EC2::SecurityGroup/ManagedLBSecurityGroup/status/groupID";

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let reference = match self {
            Self::Known(text) => return serializer.serialize_str(text),
            Self::Partial(..) | Self::Pending(_) => return one(serializer, "pending", &self.to_string()),
            Self::LoadBalancerArn => return one(serializer, "$ref", LB),
            Self::ManagedSecurityGroup => return one(serializer, "$ref", SECURITY_GROUP),
            Self::HiddenCertificate(_) => return one(serializer, "$ref", "#/resources///status/certificateARN"),
            Self::ListenerArn(port) => {
                let mut digits = itoa::Buffer::new();
                return one(serializer, "$ref", &Parts([LISTENER, digits.format(*port), "/status/listenerARN"]));
            }
            Self::TargetGroupArn(id) => Parts([GROUP, id, "/status/targetGroupARN"]),
            Self::OtherLoadBalancerArn(stack) => Parts([stack, LB, ""]),
            Self::OtherSecurityGroup(stack) => Parts([stack, SECURITY_GROUP, ""]),
        };
        one(serializer, "$ref", &reference)
    }
}

/// A text in three parts, written without joining them.
struct Parts<'a>([&'a str; 3]);

impl fmt::Display for Parts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| f.write_str(part))
    }
}

impl Serialize for Parts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn one<S: Serializer, V: Serialize + ?Sized>(serializer: S, key: &str, value: &V) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(key, value)?;
    map.end()
}

/// The form people read.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(text) | Self::HiddenCertificate(text) => f.write_str(text),
            Self::LoadBalancerArn => f.write_str("ARN of this load balancer"),
            Self::ListenerArn(port) => write!(f, "ARN of listener {port}"),
            Self::TargetGroupArn(id) => write!(f, "ARN of target group {id}"),
            Self::ManagedSecurityGroup => f.write_str("managed security group"),
            Self::OtherLoadBalancerArn(stack) => write!(f, "ARN of the load balancer of Gateway {stack}"),
            Self::OtherSecurityGroup(stack) => write!(f, "managed security group of Gateway {stack}"),
            Self::Partial(start, want) => write!(f, "{start}… ({want})"),
            Self::Pending(want) => write!(f, "({want})"),
        }
    }
}

/// A number that may depend on what isn't known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// Known.
    Known(i64),
    /// Nobody has answered yet.
    Pending(Box<Want>),
}

impl From<Want> for Number {
    fn from(want: Want) -> Self {
        Self::Pending(Box::new(want))
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(number) => serializer.serialize_i64(*number),
            Self::Pending(want) => one(serializer, "pending", &want.to_string()),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(number) => write!(f, "{number}"),
            Self::Pending(want) => write!(f, "({want})"),
        }
    }
}
