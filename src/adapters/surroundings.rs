//! Where we run, as far as it decides whether a browser can reach us: a remote shell, WSL, a container, a
//! codespace. Each has one line that helps.

/// What stands between this machine's loopback and the person's browser, and what to do about it: a
/// sentence, and a command line if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Advice {
    /// What was noticed, and what to do.
    pub(crate) sentence: String,
    pub(crate) command: Option<String>,
}

/// What to ask somebody whose browser is probably out of our reach, going by the same signs; nothing where it is not.
pub(crate) fn question(
    variable: impl Fn(&str) -> Option<String>,
    exists: impl Fn(&str) -> bool,
) -> Option<&'static str> {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    if is_set("CODESPACES") || is_set("SSH_CONNECTION") {
        return Some("Is your browser on another machine?");
    }
    is_container(is_set, exists).then_some("Is your browser outside this container?")
}

fn is_container(is_set: impl Fn(&str) -> bool, exists: impl Fn(&str) -> bool) -> bool {
    is_set("container") || exists("/.dockerenv") || exists("/run/.containerenv")
}

/// The advice for a listener on `port`, going by the environment and by files that mark containers. Where the answer
/// can be pasted, `--remote` comes first, which works everywhere, before a tunnel. Nothing on a desktop.
pub(crate) fn advice(
    port: u16,
    can_paste: bool,
    variable: impl Fn(&str) -> Option<String>,
    exists: impl Fn(&str) -> bool,
) -> Option<Advice> {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let paste = if can_paste { "use `--remote`, or " } else { "" };
    let advice = |sentence: String, command: Option<String>| Some(Advice { sentence, command });
    if is_set("CODESPACES") {
        return advice(
            format!(
                "running in a codespace: {paste}forward the port to your own machine and open the URL there:"
            ),
            Some(format!("gh codespace ports forward {port}:{port}")),
        );
    }
    if let Some(tunnel) =
        variable("SSH_CONNECTION").and_then(|value| tunnel(&value, port, &variable))
    {
        return advice(
            format!(
                "connected by SSH: if your browser is on the other machine, {paste}forward the port from there and open the URL there:"
            ),
            Some(tunnel),
        );
    }
    if is_set("WSL_DISTRO_NAME") {
        return advice(
            "running in WSL: a browser in Windows can open the URL, too; to have it opened:"
                .to_owned(),
            Some("stepup ... --browser \"cmd.exe /c start %s\"".to_owned()),
        );
    }
    if is_container(is_set, exists) {
        let sentence = "running in a container, which a browser outside of it cannot reach";
        let instead = if can_paste {
            "use `--remote`"
        } else {
            "open the URL in one inside"
        };
        return advice(format!("{sentence}: {instead}"), None);
    }
    None
}

/// `SSH_CONNECTION` is "client port server port"; the server's address is the one that the person's own
/// machine reached us at.
fn tunnel(
    connection: &str,
    port: u16,
    variable: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let words: Vec<&str> = connection.split(' ').collect();
    let [_, _, server, at] = words.as_slice() else {
        return None;
    };
    let plain = |text: &str| {
        let odd = |c: char| !c.is_ascii_alphanumeric() && !".:_-%".contains(c);
        !text.is_empty() && !text.contains(odd)
    };
    let user = variable("USER").or_else(|| variable("LOGNAME"));
    let user = user.filter(|user| plain(user));
    let user = user.map_or_else(String::new, |user| format!("{user}@"));
    let elsewhere = match *at {
        "22" => String::new(),
        at => format!(" -p {at}"),
    };
    (plain(server) && plain(at))
        .then(|| format!("ssh -N -L {port}:127.0.0.1:{port}{elsewhere} {user}{server}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noticed(variables: &[(&str, &str)], files: &[&str]) -> Option<Advice> {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        advice(40123, true, variable, |path| files.contains(&path))
    }

    fn command(variables: &[(&str, &str)]) -> Option<String> {
        noticed(variables, &[])?.command
    }

    #[test]
    fn where_the_browser_is_elsewhere_the_way_that_works_comes_first() {
        let asked = |variables: &[(&str, &str)], files: &[&str]| {
            let variable = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            question(variable, |path| files.contains(&path))
        };
        for (variables, files, place) in [
            (&[("SSH_CONNECTION", "a 1 b 22")][..], &[][..], "machine"),
            (&[("CODESPACES", "true")], &[], "machine"),
            (&[("container", "podman")], &[], "container"),
            (&[], &["/.dockerenv"], "container"),
        ] {
            let question = asked(variables, files).unwrap();
            assert!(question.contains(place), "{variables:?} {files:?}");
            let sentence = noticed(variables, files).unwrap().sentence;
            let forward = sentence.find("forward").unwrap_or(usize::MAX);
            assert!(sentence.find("`--remote`").unwrap() < forward, "{sentence}");
        }
        let here = [("SSH_CONNECTION", ""), ("DISPLAY", ":0")];
        assert_eq!(asked(&here, &[]), None);
        assert_eq!(asked(&[("WSL_DISTRO_NAME", "Debian")], &[]), None);
    }

    /// An answer that is posted cannot be pasted, and `--remote` is refused.
    #[test]
    fn what_would_be_refused_is_not_advised() {
        for name in ["SSH_CONNECTION", "CODESPACES", "container"] {
            let variable =
                |asked: &str| (asked == name).then(|| "192.0.2.7 50022 198.51.100.4 22".to_owned());
            let advice = advice(40123, false, variable, |_| false).unwrap();
            assert!(!advice.sentence.contains("--remote"), "{advice:?}");
        }
    }

    #[test]
    fn a_desktop_needs_none() {
        assert_eq!(
            noticed(&[("DISPLAY", ":0"), ("SSH_CONNECTION", "")], &[]),
            None
        );
    }

    #[test]
    fn by_ssh_the_exact_tunnel_is_named() {
        let at = |connection: &str| command(&[("SSH_CONNECTION", connection), ("USER", "mira")]);
        assert_eq!(
            at("192.0.2.7 50022 198.51.100.4 22").as_deref(),
            Some("ssh -N -L 40123:127.0.0.1:40123 mira@198.51.100.4")
        );
        assert_eq!(
            at("2001:db8::7 50022 2001:db8::4 2222").as_deref(),
            Some("ssh -N -L 40123:127.0.0.1:40123 -p 2222 mira@2001:db8::4")
        );
        for odd in ["", "a b", "a 1 $(reboot) 22", "a 1 host ;22"] {
            assert_eq!(at(odd), None, "{odd}");
        }
    }

    #[test]
    fn codespaces_wsl_and_containers_are_noticed() {
        assert_eq!(
            command(&[("CODESPACES", "true"), ("SSH_CONNECTION", "a 1 b 22")]).as_deref(),
            Some("gh codespace ports forward 40123:40123")
        );
        assert!(command(&[("WSL_DISTRO_NAME", "Debian")]).is_some());
        let container = noticed(&[], &["/.dockerenv"]).unwrap();
        assert!(container.sentence.contains("`--remote`"));
        assert_eq!(noticed(&[("container", "podman")], &[]), Some(container));
    }
}
