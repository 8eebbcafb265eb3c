//! Whether a file lies on another computer's disk, where the locks and the log of a database cannot be relied on.

use std::path::Path;

/// Types of file systems that reach over a network.
const OVER_A_NETWORK: [&str; 17] = [
    "9p",
    "afpfs",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "davfs2",
    "glusterfs",
    "lustre",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
    "sshfs",
    "webdav",
];

/// The type of the network file system that a file lies on, such as `nfs4` or `cifs`; none where the disk is this
/// computer's own or that cannot be told.
pub(crate) fn network_share(path: &Path) -> Option<String> {
    let path = path.canonicalize().ok()?;
    if cfg!(windows) {
        return of_windows(&path.to_string_lossy());
    }
    let kind = if cfg!(target_os = "macos") {
        let mounts = std::process::Command::new("/sbin/mount").output().ok()?;
        of_mount(&String::from_utf8_lossy(&mounts.stdout), &path)
    } else {
        of_mountinfo(&std::fs::read_to_string("/proc/self/mountinfo").ok()?, &path)
    };
    kind.filter(|kind| is_over_a_network(kind))
}

fn is_over_a_network(kind: &str) -> bool {
    let kind = kind.strip_prefix("fuse.").unwrap_or(kind);
    OVER_A_NETWORK.contains(&kind) || kind.starts_with("rclone")
}

/// The type of the file system that holds a path, as Linux lists what is mounted; of several at one place the last
/// one hides the others.
fn of_mountinfo(mounts: &str, path: &Path) -> Option<String> {
    let parsed = mounts.lines().filter_map(|line| {
        let (head, tail) = line.split_once(" - ")?;
        let place = unescaped(head.split(' ').nth(4)?);
        Some((place, tail.split(' ').next()?))
    });
    deepest(parsed, path)
}

/// The same from what `mount` prints on macOS: `//anna@server/share on /Volumes/share (smbfs, nodev)`.
fn of_mount(mounts: &str, path: &Path) -> Option<String> {
    let parsed = mounts.lines().filter_map(|line| {
        let (head, options) = line.rsplit_once(" (")?;
        let (_, place) = head.split_once(" on ")?;
        Some((place.to_owned(), options.split([',', ')']).next()?))
    });
    deepest(parsed, path)
}

/// On Windows the true path of a file on a share, under a letter too, begins with `\\?\UNC\`.
fn of_windows(path: &str) -> Option<String> {
    let is_share = path.starts_with(r"\\?\UNC\") || (path.starts_with(r"\\") && !path.starts_with(r"\\?\"));
    is_share.then(|| "SMB".to_owned())
}

fn deepest<'a>(mounts: impl Iterator<Item = (String, &'a str)>, path: &Path) -> Option<String> {
    mounts
        .filter(|(place, _)| path.starts_with(place))
        .max_by_key(|(place, _)| place.len())
        .map(|(_, kind)| kind.to_owned())
}

/// Linux writes white space and backslashes of a path as three octal digits.
fn unescaped(text: &str) -> String {
    let mut parts = text.split('\\');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part
            .get(..3)
            .and_then(|digits| u8::from_str_radix(digits, 8).ok())
        {
            Some(byte) => {
                whole.push(char::from(byte));
                whole.push_str(&part[3..]);
            }
            None => {
                whole.push('\\');
                whole.push_str(part);
            }
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINUX: &str = "\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:26 / /mnt/clinic\\040files rw - nfs4 server:/export rw,vers=4.2
31 22 0:27 / /home/anna/share rw shared:5 - cifs //server/share rw
32 31 0:28 / /home/anna/share/local rw - ext4 /dev/sdb1 rw
33 22 0:29 / /home/ssh rw - fuse.sshfs anna@server:/ rw
34 22 0:30 / /tmp rw - tmpfs tmpfs rw
half a line
";

    #[test]
    fn shares_are_told_from_disks() {
        for (path, expected) in [
            ("/home/anna/clinic.ordo", Some("ext4")),
            ("/mnt/clinic files/clinic.ordo", Some("nfs4")),
            ("/mnt/clinic files 2/clinic.ordo", Some("ext4")),
            ("/home/anna/share/clinic.ordo", Some("cifs")),
            ("/home/anna/share/local/clinic.ordo", Some("ext4")),
            ("/home/ssh/clinic.ordo", Some("fuse.sshfs")),
            ("/tmp/clinic.ordo", Some("tmpfs")),
        ] {
            assert_eq!(
                of_mountinfo(LINUX, Path::new(path)).as_deref(),
                expected,
                "{path}"
            );
        }
        let network: Vec<&str> = [
            "ext4",
            "nfs4",
            "cifs",
            "fuse.sshfs",
            "fuse.rclone",
            "tmpfs",
            "fuseblk",
            "smbfs",
        ]
        .into_iter()
        .filter(|kind| is_over_a_network(kind))
        .collect();
        assert_eq!(network, ["nfs4", "cifs", "fuse.sshfs", "fuse.rclone", "smbfs"]);
    }

    #[test]
    fn other_systems_are_read_too() {
        let mac = "/dev/disk3s1s1 on / (apfs, sealed, local)\n//anna@server/share on /Volumes/share (smbfs, nodev)\n";
        let on = |path: &str| of_mount(mac, Path::new(path));
        assert_eq!(on("/Users/anna/clinic.ordo").as_deref(), Some("apfs"));
        assert_eq!(on("/Volumes/share/clinic.ordo").as_deref(), Some("smbfs"));
        assert_eq!(of_windows(r"\\?\C:\Users\anna\clinic.ordo"), None);
        assert_eq!(of_windows(r"C:\clinic.ordo"), None);
        assert!(of_windows(r"\\?\UNC\server\share\clinic.ordo").is_some());
        assert!(of_windows(r"\\server\share\clinic.ordo").is_some());
    }

    #[test]
    fn a_folder_of_this_computer_is_no_share() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(network_share(folder.path()), None);
        assert_eq!(network_share(&folder.path().join("missing")), None);
    }
}
