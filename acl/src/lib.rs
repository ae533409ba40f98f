//! Access lists of Windows' files, as text (SDDL: [MS-DTYP] 2.5.1). Only this crate calls Windows itself, and decides nothing: what a
//! list means is read where it can be tested on every system.
#![cfg(windows)]

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::os::windows::ffi::OsStrExt;
use std::os::windows::io::FromRawHandle;
use std::path::Path;
use std::ptr::null_mut;

use windows_sys::Win32::Foundation::{
    CloseHandle, GENERIC_WRITE, HANDLE, INVALID_HANDLE_VALUE, LocalFree,
};
use windows_sys::Win32::Security::Authorization::{
    ConvertSecurityDescriptorToStringSecurityDescriptorW, ConvertSidToStringSidW,
    ConvertStringSecurityDescriptorToSecurityDescriptorW, SDDL_REVISION_1,
};
use windows_sys::Win32::Security::{
    DACL_SECURITY_INFORMATION, GetFileSecurityW, GetTokenInformation, OWNER_SECURITY_INFORMATION,
    PROTECTED_DACL_SECURITY_INFORMATION, SECURITY_ATTRIBUTES, SetFileSecurityW, TOKEN_QUERY,
    TOKEN_USER, TokenUser,
};
use windows_sys::Win32::Storage::FileSystem::{
    CREATE_NEW, CreateFileW, FILE_ATTRIBUTE_NORMAL, FILE_SHARE_DELETE, FILE_SHARE_READ,
    FILE_SHARE_WRITE,
};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};

/// Owner and access list of a file or folder, such as `O:S-1-5-21-1D:(A;;FA;;;SY)`.
pub fn read(path: &Path) -> io::Result<String> {
    let descriptor = descriptor_of(path)?;
    in_words(descriptor.as_ptr().cast_mut().cast())
}

/// A file that was not there, open for writing, which the user of this process and the system alone have access to from the
/// first moment. Fails as `File::create_new` does.
pub fn create_new(path: &Path) -> io::Result<File> {
    let list = for_this_user("")?;
    let size = u32::try_from(size_of::<SECURITY_ATTRIBUTES>()).map_err(io::Error::other)?;
    let attributes = SECURITY_ATTRIBUTES {
        nLength: size,
        lpSecurityDescriptor: list.0,
        bInheritHandle: 0,
    };
    let path = wide(path.as_os_str());
    let sharing = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    // SAFETY: a string that ends in zero, and attributes with a descriptor of Windows' own, which outlive the call.
    let handle = unsafe {
        CreateFileW(
            path.as_ptr(),
            GENERIC_WRITE,
            sharing,
            &raw const attributes,
            CREATE_NEW,
            FILE_ATTRIBUTE_NORMAL,
            null_mut(),
        )
    };
    if handle == INVALID_HANDLE_VALUE {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: a valid handle of a file, which nobody else has.
    Ok(unsafe { File::from_raw_handle(handle) })
}

/// Lets the user of this process and the system itself into a folder, and what is made in it later; and nobody else.
pub fn restrict_folder(path: &Path) -> io::Result<()> {
    let list = for_this_user("OICI")?;
    let path = wide(path.as_os_str());
    let what = DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION;
    // SAFETY: a string that ends in zero, and a descriptor of Windows' own.
    done(unsafe { SetFileSecurityW(path.as_ptr(), what, list.0) })
}

/// The user of this process.
#[derive(Debug)]
pub struct User {
    /// Their SID.
    pub sid: String,
    /// How a list names them: some have two letters instead.
    pub name: String,
}

/// The user of this process.
pub fn user() -> io::Result<User> {
    let sid = sid_of_this_process()?;
    let owner = in_words(from_words(&format!("O:{sid}"))?.0)?;
    let owner = owner.split("D:").next().unwrap_or_default();
    let name = owner.trim_start_matches("O:").to_owned();
    Ok(User { sid, name })
}

/// A list for this user and the system, with these flags of inheritance.
fn for_this_user(inherit: &str) -> io::Result<Local> {
    let sid = sid_of_this_process()?;
    from_words(&format!("D:P(A;{inherit};FA;;;SY)(A;{inherit};FA;;;{sid})"))
}

fn descriptor_of(path: &Path) -> io::Result<Vec<u64>> {
    let path = wide(path.as_os_str());
    let what = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
    let mut size = 0;
    // SAFETY: no buffer, of size 0: only the size is asked for.
    unsafe { GetFileSecurityW(path.as_ptr(), what, null_mut(), 0, &raw mut size) };
    if size == 0 {
        return Err(io::Error::last_os_error());
    }
    let mut buffer = aligned(size);
    // SAFETY: the buffer has at least so many bytes, and is aligned.
    done(unsafe {
        GetFileSecurityW(
            path.as_ptr(),
            what,
            buffer.as_mut_ptr().cast(),
            size,
            &raw mut size,
        )
    })?;
    Ok(buffer)
}

fn in_words(descriptor: *mut core::ffi::c_void) -> io::Result<String> {
    let what = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
    let mut text = null_mut();
    // SAFETY: a valid descriptor; the text is Windows' to make.
    done(unsafe {
        ConvertSecurityDescriptorToStringSecurityDescriptorW(
            descriptor,
            SDDL_REVISION_1,
            what,
            &raw mut text,
            null_mut(),
        )
    })?;
    Ok(Local(text.cast()).text())
}

fn from_words(words: &str) -> io::Result<Local> {
    let words = wide(OsStr::new(words));
    let mut descriptor = null_mut();
    // SAFETY: a string that ends in zero; the descriptor is Windows' to make.
    done(unsafe {
        ConvertStringSecurityDescriptorToSecurityDescriptorW(
            words.as_ptr(),
            SDDL_REVISION_1,
            &raw mut descriptor,
            null_mut(),
        )
    })?;
    Ok(Local(descriptor))
}

fn sid_of_this_process() -> io::Result<String> {
    let mut token: HANDLE = null_mut();
    // SAFETY: a handle of our own process, which needs no closing, and a place for the token.
    done(unsafe { OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token) })?;
    let user = user_of(token);
    // SAFETY: ours, and not used any more.
    unsafe { CloseHandle(token) };
    user
}

fn user_of(token: HANDLE) -> io::Result<String> {
    let mut size = 0;
    // SAFETY: no buffer, of size 0: only the size is asked for.
    unsafe { GetTokenInformation(token, TokenUser, null_mut(), 0, &raw mut size) };
    let mut buffer = aligned(size);
    let place = buffer.as_mut_ptr();
    // SAFETY: the buffer has at least so many bytes, and is aligned.
    done(unsafe { GetTokenInformation(token, TokenUser, place.cast(), size, &raw mut size) })?;
    let mut text = null_mut();
    // SAFETY: Windows filled in a `TOKEN_USER`, whose SID is in the same buffer.
    done(unsafe {
        let user = &*place.cast::<TOKEN_USER>();
        ConvertSidToStringSidW(user.User.Sid, &raw mut text)
    })?;
    Ok(Local(text.cast()).text())
}

/// What Windows allocated, and is freed with `LocalFree`.
struct Local(*mut core::ffi::c_void);

impl Local {
    fn text(&self) -> String {
        let start = self.0.cast::<u16>();
        let mut length = 0;
        // SAFETY: a string of Windows' that ends in zero.
        let units = unsafe {
            while *start.add(length) != 0 {
                length += 1;
            }
            std::slice::from_raw_parts(start, length)
        };
        String::from_utf16_lossy(units)
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        // SAFETY: allocated by Windows, and not used any more.
        unsafe { LocalFree(self.0) };
    }
}

/// At least so many bytes, aligned for every structure.
fn aligned(bytes: u32) -> Vec<u64> {
    vec![0; bytes as usize / 8 + 1]
}

fn wide(text: &OsStr) -> Vec<u16> {
    text.encode_wide().chain([0]).collect()
}

fn done(yes: i32) -> io::Result<()> {
    if yes == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
