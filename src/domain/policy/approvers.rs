//! Who may decide in an approval step that is to be made. (c1.md 3.7)

use super::super::task::is_object_id;

/// Whose approval a step takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Approvers {
    /// These people, by the API's ids; one of them is enough.
    Users(Vec<String>),
    Manager,
    AppOwners,
    EntitlementOwners,
    ResourceOwners,
    Group(AppGroup),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AppGroup {
    pub(crate) app_id: String,
    pub(crate) group_id: String,
}

impl AppGroup {
    /// Reads `APP_ID/GROUP_ID`; the error is a sentence.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let ids = text.split_once('/');
        let ids = ids.filter(|(app, group)| is_object_id(app) && is_object_id(group));
        let (app_id, group_id) =
            ids.ok_or_else(|| "it is written APP_ID/GROUP_ID, 27 characters each".to_owned())?;
        Ok(Self {
            app_id: app_id.to_owned(),
            group_id: group_id.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_two_ids() {
        let id = "2zGroup0123456789abcdefghij";
        let group = AppGroup::parse(&format!("{id}/{id}")).unwrap();
        assert_eq!((group.app_id.as_str(), group.group_id.as_str()), (id, id));
        for text in [
            "",
            "/",
            id,
            &format!("{id}/"),
            &format!("{id}/{id}/"),
            "a/b",
        ] {
            assert!(AppGroup::parse(text).is_err(), "{text}");
        }
    }
}
