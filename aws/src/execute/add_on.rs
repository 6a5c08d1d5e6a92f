//! Web ACLs and Shield protections of load balancers.
//!
//! Which of them belong to others is core's business.

use gwchain_core::diff::Operation;

use super::argument::Call;
use crate::error::{Called, Error};

/// How the reference names its protections; by that name they are known as ours (controller §3.4).
const NAME: &str = "managed by aws-load-balancer-controller";

pub(super) async fn call(call: &Call<'_>) -> Result<(), Error> {
    let (waf, shield) = (&call.aws.wafv2, &call.aws.shield);
    match &call.change.operation {
        Operation::AssociateWebAcl { load_balancer, web_acl } => {
            let associate = waf.associate_web_acl().web_acl_arn(&**web_acl).resource_arn(call.text(load_balancer)?);
            associate.send().await.called("AssociateWebACL").map(drop)
        }
        Operation::DisassociateWebAcl { load_balancer } => {
            let disassociate = waf.disassociate_web_acl().resource_arn(&**load_balancer);
            disassociate.send().await.called("DisassociateWebACL").map(drop)
        }
        Operation::CreateProtection { load_balancer } => {
            let create = shield.create_protection().name(NAME).resource_arn(call.text(load_balancer)?);
            match create.send().await.called("CreateProtection") {
                Err(error) if error.code() == Some("ResourceAlreadyExists") => Ok(()),
                other => other.map(drop),
            }
        }
        Operation::DeleteProtection { protection } => {
            shield.delete_protection().protection_id(&**protection).send().await.called("DeleteProtection").map(drop)
        }
        _ => Ok(()),
    }
}
